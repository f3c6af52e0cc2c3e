/** The source of a message with one line of text, as SMTP or an import brings it. */
export interface OneLineLetter {
  readonly from?: string
  readonly to?: string
  readonly subject: string
  /** Without brackets. */
  readonly messageId: string
  /** The message that it answers, in the same way. */
  readonly references?: string | undefined
}

export function oneLineLetter({
  from = 'Test <test@remote.example>',
  to = 'Mara Lindqvist <mara@lindqvist.example>',
  subject,
  messageId,
  references,
}: OneLineLetter): string {
  return [
    `From: ${from}`,
    `To: ${to}`,
    `Subject: ${subject}`,
    `Message-ID: <${messageId}>`,
    ...(references === undefined ? [] : [`References: <${references}>`]),
    `Date: ${new Date().toUTCString()}`,
    'Content-Type: text/plain; charset=utf-8',
    '',
    'One line of text.',
    '',
  ].join('\r\n')
}
