/** The first line of each text/plain part of a message whose parts lie side by side. */
import { readFile } from 'node:fs/promises'

export async function plainTextParts(path: string): Promise<readonly string[]> {
  const source = (await readFile(path, 'latin1')).replace(/\r\n/g, '\n')
  const boundary = /boundary="?([^"\n;]+)/i.exec(source)?.[1]
  if (boundary === undefined) return []
  return source.split(`\n--${boundary}`).flatMap((part) => {
    const end = part.indexOf('\n\n')
    const [head, body] = [part.slice(0, end), part.slice(end + 2)]
    if (!/^content-type:\s*text\/plain/im.test(head)) return []
    const isBase64 = /^content-transfer-encoding:\s*base64/im.test(head)
    const [line = ''] = (isBase64 ? Buffer.from(body, 'base64').toString() : body).trim().split('\n')
    return line === '' ? [] : [line]
  })
}
