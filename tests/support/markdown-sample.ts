/** Every construct that an answer may have, to be looked at. */
export const markdownSample = String.raw`# Heading, and a formula $e^{i\pi} + 1 = 0$

Words with **strong**, *emphasis*, ~~struck~~ and ${'`code`'}; a footnote[^1], prices from $5 to $10, and \(\alpha_1 \le \beta\).

> [!NOTE]
> A note with a [link](https://docs.example/page).

> [!WARNING]
> One that pretends: [https://bank.example](https://evil.example/login).

> A quote, and [a long query](https://evil.example/?q=${'secret'.repeat(20)}).

1. One
   - nested
   - [x] done
   - [ ] open
2. Two

$$
\int_0^\infty e^{-x^2}\,dx = \frac{\sqrt{\pi}}{2}
$$

\[
A = \begin{pmatrix} a & b \\ c & d \end{pmatrix}, \quad \sum_{n=1}^{N} n^2 = \color{red}{\tfrac{N(N+1)(2N+1)}{6}}
\]

| Model | Size | Price |
|:------|:----:|------:|
| small | 3 B  | $1    |
| large | 70 B | $20   |

An error stays its source: $\frac{1$, \(\unknown{x}\). Images: ![a cat](https://img.example/cat.png?who=me) ![dot](data:image/gif;base64,R0lGODlhAQABAIABAP8AAP///yH5BAEAAAEALAAAAAABAAEAAAICRAEAOw==)

مرحبا بالعالم

[^1]: What it says, and **more**.
`;
