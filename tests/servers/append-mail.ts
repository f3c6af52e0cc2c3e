/** Fills a Cyrus mailbox over IMAP, all on one line without waiting: over JMAP each message costs two requests. */
import { connect, type Socket } from 'node:net'

export interface AppendedMessage {
  readonly raw: Uint8Array
  /** Milliseconds. */
  readonly receivedAt: number
  readonly isSeen: boolean
}

const MONTHS = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec']

/** `url` is the server's for HTTP: IMAP listens one port above it. */
export async function appendMail(
  { url, user, password }: { readonly url: string; readonly user: string; readonly password: string },
  messages: readonly AppendedMessage[],
): Promise<void> {
  const socket = connect(Number(new URL(url).port) + 1, '127.0.0.1')
  const answers = new Answers(socket)
  try {
    socket.write(`login LOGIN ${user} ${password}\r\n`)
    await answers.of('login')
    for (const [index, { raw, receivedAt, isSeen }] of messages.entries()) {
      const flags = isSeen ? '(\\Seen)' : '()'
      const size = String(raw.length)
      socket.write(`a${String(index)} APPEND INBOX ${flags} "${imapDate(receivedAt)}" {${size}+}\r\n`)
      socket.write(raw)
      const isWritten = socket.write('\r\n')
      if (!isWritten) await new Promise((resolve) => socket.once('drain', resolve))
    }
    if (messages.length > 0) await answers.of(`a${String(messages.length - 1)}`)
  } finally {
    socket.destroy()
  }
}

/** Answers come in the order of what was asked, so that the last one's says that all are done. */
class Answers {
  readonly #waiting = new Map<string, () => void>()
  #rest = ''
  #failure: ((error: Error) => void) | undefined

  constructor(socket: Socket) {
    socket.setEncoding('latin1')
    socket.on('data', (text: string) => {
      const lines = (this.#rest + text).split('\r\n')
      this.#rest = lines.pop() ?? ''
      for (const line of lines) this.#take(line)
    })
    socket.on('error', (error) => this.#failure?.(error))
  }

  of(tag: string): Promise<void> {
    return new Promise((resolve, reject) => {
      this.#waiting.set(tag, resolve)
      this.#failure = reject
    })
  }

  #take(line: string): void {
    const [tag = '', status] = line.split(' ', 2)
    if (tag === '*' || tag === '+') return
    if (status !== 'OK') this.#failure?.(new Error(`IMAP said ${line}`))
    this.#waiting.get(tag)?.()
    this.#waiting.delete(tag)
  }
}

/** RFC 3501 date-time, in UTC. */
function imapDate(ms: number): string {
  const date = new Date(ms)
  const day = String(date.getUTCDate()).padStart(2, ' ')
  const month = MONTHS[date.getUTCMonth()] ?? ''
  return `${day}-${month}-${String(date.getUTCFullYear())} ${date.toISOString().slice(11, 19)} +0000`
}
