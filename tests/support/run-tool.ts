/** Runs the command-line tools that npm installed, with the Node that runs this. */
import { spawn, type ChildProcess } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { root } from './paths.ts';

export interface ToolResult {
  readonly code: number;
  /** What it wrote to standard output and to standard error, in the order it came. */
  readonly output: string;
  readonly stdout: string;
}

const running = new Set<ChildProcess>();

/** Runs a tool to its end and gives what it wrote; a code other than 0 is a result like any other. */
export function runTool(tool: string, words: readonly string[], packageName = tool): Promise<ToolResult> {
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, [findTool(tool, packageName), ...words], {
      cwd: root,
      stdio: ['ignore', 'pipe', 'pipe'],
      env: { ...process.env, NO_COLOR: '1', FORCE_COLOR: undefined },
    });
    running.add(child);
    let output = '';
    let stdout = '';
    child.stdout.setEncoding('utf8').on('data', (text: string) => {
      output += text;
      stdout += text;
    });
    child.stderr.setEncoding('utf8').on('data', (text: string) => {
      output += text;
    });
    child.on('error', reject);
    child.on('close', (code, signal) => {
      running.delete(child);
      resolve({ code: code ?? 1, output: signal ? `${output}\nended by ${signal}` : output, stdout });
    });
  });
}

/** Ends what `runTool` has started and not yet seen the end of. */
export function endTools(): void {
  for (const child of running) child.kill('SIGTERM');
}

function findTool(tool: string, packageName: string): string {
  const manifestPath = join(root, 'node_modules', packageName, 'package.json');
  const { bin }: { bin: string | Record<string, string> } = JSON.parse(readFileSync(manifestPath, 'utf8'));
  const path = typeof bin === 'string' ? bin : bin[tool];
  if (path === undefined) throw new Error(`${packageName} has no tool "${tool}"`);
  return join(dirname(manifestPath), path);
}
