/**
 * Words of a structured header field (RFC 5322 §3.2), for fields that a mail server wrote and an attacker may have had
 * a hand in: what is not balanced is no field at all, since a sender's address that a server copied into it could have
 * ended a comment there and begun a result of its own.
 */

export interface HeaderToken {
  /** `word`: an atom or a quoted string without its quotes. `sign`: one of `;` and `=`. `comment`: what it holds. */
  readonly kind: 'word' | 'sign' | 'comment'
  readonly text: string
}

/** Longer fields are not read: honest ones have a few hundred characters. */
const MAX_LENGTH = 20_000

const WHITESPACE = /[ \t\r\n]/
/** None of them has anything to say in such a field. */
// eslint-disable-next-line no-control-regex -- they are what is looked for
const CONTROL = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f]/

/** Null where brackets or quotes do not match, or where a comment quotes something. */
export function headerTokens(value: string): readonly HeaderToken[] | null {
  if (value.length > MAX_LENGTH || CONTROL.test(value)) return null
  const tokens: HeaderToken[] = []
  let word: string | null = null
  const endWord = (): void => {
    if (word !== null) tokens.push({ kind: 'word', text: word })
    word = null
  }
  for (let at = 0; at < value.length; at++) {
    const char = value.charAt(at)
    if (char === '(' || char === '"') {
      const end = char === '(' ? commentEnd(value, at) : quoteEnd(value, at)
      if (end < 0) return null
      const inner = value.slice(at + 1, end)
      if (char === '(') {
        endWord()
        tokens.push({ kind: 'comment', text: inner })
      } else {
        word = (word ?? '') + inner.replace(/\\(.)/gs, '$1')
      }
      at = end
    } else if (char === ')') {
      return null
    } else if (char === ';' || (char === '=' && !isInValue(tokens, word))) {
      endWord()
      tokens.push({ kind: 'sign', text: char })
    } else if (WHITESPACE.test(char)) {
      endWord()
    } else {
      word = (word ?? '') + char
    }
  }
  endWord()
  return tokens
}

/** What follows a sign of equality belongs together: `smtp.mailfrom=bounce+me=home.example@list.example`. */
function isInValue(tokens: readonly HeaderToken[], word: string | null): boolean {
  const last = tokens.at(-1)
  return word !== null && last?.kind === 'sign' && last.text === '='
}

function commentEnd(value: string, start: number): number {
  let depth = 0
  for (let at = start; at < value.length; at++) {
    const char = value.charAt(at)
    if (char === '"') return -1
    if (char === '\\') at++
    else if (char === '(') depth++
    else if (char === ')' && --depth === 0) return at
  }
  return -1
}

function quoteEnd(value: string, start: number): number {
  for (let at = start + 1; at < value.length; at++) {
    if (value.charAt(at) === '\\') at++
    else if (value.charAt(at) === '"') return at
  }
  return -1
}
