/** The event stream format (HTML §9.2.6), fed with bytes as they come: borders of chunks may fall anywhere. */

export interface ServerSentEvent {
  readonly event: string
  readonly data: string
}

/** A line or an event longer than this is no StateChange; the stream is given up rather than kept in memory. */
const longestChars = 1_000_000

export class SseOverflowError extends Error {
  override readonly name = 'SseOverflowError'
}

/** Returns the function that takes bytes. It throws SseOverflowError when the server sends a line without end. */
export function createSseParser(onEvent: (event: ServerSentEvent) => void): (bytes: Uint8Array) => void {
  // Decodes across chunk borders and drops a byte order mark at the start.
  const decoder = new TextDecoder()
  let rest = ''
  let endedWithCr = false
  let event = ''
  let data: string[] = []
  let dataLength = 0

  const takeLine = (line: string): void => {
    if (line === '') {
      if (data.length > 0) onEvent({ event: event === '' ? 'message' : event, data: data.join('\n') })
      event = ''
      data = []
      dataLength = 0
      return
    }
    const colon = line.indexOf(':')
    const field = colon === -1 ? line : line.slice(0, colon)
    const value = colon === -1 ? '' : line.slice(colon + (line[colon + 1] === ' ' ? 2 : 1))
    if (field === 'event') event = value
    if (field !== 'data') return
    dataLength += value.length
    if (dataLength > longestChars) throw new SseOverflowError('An event is too long')
    data.push(value)
  }

  return (bytes) => {
    let text = decoder.decode(bytes, { stream: true })
    if (text === '') return
    // CRLF cut in two: its first half has ended the line already.
    if (endedWithCr && text.startsWith('\n')) text = text.slice(1)
    endedWithCr = text === '' ? false : text.endsWith('\r')
    const lines = text.split(/\r\n|\r|\n/)
    lines[0] = rest + (lines[0] ?? '')
    rest = lines.pop() ?? ''
    for (const line of lines) takeLine(line)
    if (rest.length > longestChars) throw new SseOverflowError('A line is too long')
  }
}
