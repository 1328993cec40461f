import { hello, type PresetRecording } from '../support/preset-recording';

export const recording: PresetRecording = {
  source: 'github.com/vercel/ai, Apache-2.0, packages/openai/src/responses/__fixtures__, shortened',
  model: 'gpt-5',
  request: {
    url: 'https://api.openai.com/v1/responses',
    headers: { 'content-type': 'application/json', authorization: 'Bearer key-1234' },
    body: { model: 'gpt-5', input: hello, stream: true, store: false, max_output_tokens: 900 },
  },
  reply: String.raw`event: response.created
data: {"type":"response.created","sequence_number":0,"response":{"id":"resp_1","object":"response","created_at":1770770846,"status":"in_progress","error":null,"incomplete_details":null,"model":"gpt-5-2025-08-07","output":[],"usage":null}}

event: response.output_item.added
data: {"type":"response.output_item.added","sequence_number":1,"output_index":0,"item":{"id":"rs_1","type":"reasoning","summary":[]}}

event: response.reasoning_summary_text.delta
data: {"type":"response.reasoning_summary_text.delta","sequence_number":2,"item_id":"rs_1","output_index":0,"summary_index":0,"delta":"A greeting."}

event: response.output_item.added
data: {"type":"response.output_item.added","sequence_number":3,"output_index":1,"item":{"id":"msg_1","type":"message","status":"in_progress","content":[],"role":"assistant"}}

event: response.output_text.delta
data: {"type":"response.output_text.delta","sequence_number":4,"item_id":"msg_1","output_index":1,"content_index":0,"delta":"Hello","logprobs":[]}

event: response.output_text.delta
data: {"type":"response.output_text.delta","sequence_number":5,"item_id":"msg_1","output_index":1,"content_index":0,"delta":" there.","logprobs":[]}

event: response.completed
data: {"type":"response.completed","sequence_number":6,"response":{"id":"resp_1","object":"response","created_at":1770770846,"status":"completed","error":null,"incomplete_details":null,"model":"gpt-5-2025-08-07","output":[{"id":"rs_1","type":"reasoning","summary":[{"type":"summary_text","text":"A greeting."}]},{"id":"msg_1","type":"message","status":"completed","content":[{"type":"output_text","annotations":[],"text":"Hello there."}],"role":"assistant"}],"usage":{"input_tokens":8,"input_tokens_details":{"cached_tokens":0},"output_tokens":75,"output_tokens_details":{"reasoning_tokens":64},"total_tokens":83}}}

`,
  says: {
    text: 'Hello there.',
    thinking: 'A greeting.',
    served: 'gpt-5-2025-08-07',
    ending: 'complete',
    usage: { inputTokens: 8, outputTokens: 75, reasoningTokens: 64 },
  },
  models: {
    url: 'https://api.openai.com/v1/models',
    answer: String.raw`{"object":"list","data":[{"id":"gpt-5","object":"model","created":1750000000,"owned_by":"system"}]}`,
    list: [{ id: 'gpt-5' }],
  },
};
