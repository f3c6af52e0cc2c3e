/** A letter with files, as raw mail. */

export interface SentFile {
  readonly type: string
  readonly name: string
  readonly content: Uint8Array | string
  /** As it stands, or in base64, which is the rule. */
  readonly encoding?: '7bit'
}

export function mailWithFiles(id: string, subject: string, files: readonly SentFile[]): string {
  const parts = files.flatMap(({ type, name, content, encoding }) => [
    '--b',
    `Content-Type: ${type}`,
    `Content-Disposition: attachment; filename="${name}"`,
    `Content-Transfer-Encoding: ${encoding ?? 'base64'}`,
    '',
    encoding ? String(content) : Buffer.from(content).toString('base64').replace(/.{76}/g, '$&\r\n'),
  ])
  return [
    'From: Nadia Ruiz <nadia@remote.example>',
    'To: Mara Lindqvist <mara@lindqvist.example>',
    `Subject: ${subject}`,
    `Message-ID: <${id}@remote.example>`,
    `Date: ${new Date().toUTCString()}`,
    'MIME-Version: 1.0',
    'Content-Type: multipart/mixed; boundary=b',
    '',
    '--b',
    'Content-Type: text/plain; charset=utf-8',
    '',
    'See the files.',
    ...parts,
    '--b--',
    '',
  ].join('\r\n')
}
