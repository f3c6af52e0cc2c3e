/** Mails that the demo mailbox has none of, for the screens that show them. */
import { tnefOf } from '../support/tnef-file.ts'

const picture =
  'iVBORw0KGgoAAAANSUhEUgAAAAoAAAAKCAYAAACNMs+9AAAAFUlEQVR42mNk+M9Qz0AEYBxVSF+FABJADveWkH6oAAAAAElFTkSuQmCC'

let sent = 0

function letter(head: readonly string[], body: readonly string[]): string {
  sent += 1
  return [
    'To: Mara Lindqvist <mara@lindqvist.example>',
    `Message-ID: <screen-${String(sent)}@tidewater.example>`,
    `Date: ${new Date().toUTCString()}`,
    'MIME-Version: 1.0',
    ...head,
    '',
    ...body,
    '',
  ].join('\r\n')
}

function part(type: string, name: string, content: string, encoding = '7bit'): readonly string[] {
  return [
    '--b',
    `Content-Type: ${type}`,
    `Content-Disposition: attachment; filename="${name}"`,
    `Content-Transfer-Encoding: ${encoding}`,
    '',
    content,
  ]
}

const minutes = ['The crane comes in week 50.', 'The shed gets its roof before that.', '', '> Who pays for the crane?']

export const files = (): string =>
  letter(
    [
      'From: Jonas Okafor <jonas@tidewater.example>',
      'Subject: Crane: picture, minutes and the old letter',
      'Content-Type: multipart/mixed; boundary=b',
    ],
    [
      '--b',
      'Content-Type: text/plain; charset=utf-8',
      '',
      'All in one letter.',
      ...part('image/png', 'crane.png', picture, 'base64'),
      ...part('text/plain; charset=utf-8', 'minutes.txt', minutes.join('\r\n')),
      ...part(
        'message/rfc822',
        'old letter.eml',
        letter(
          [
            'From: Priya Raman <priya@remote.example>',
            'Subject: The old letter',
            'Content-Type: text/html; charset=utf-8',
          ],
          ['<p>The crane stood <b>here</b> in 1971.</p>', '<p><a href="https://remote.example/">Pictures</a></p>'],
        ),
      ),
      '--b--',
    ],
  )

/** What Outlook makes of a letter with files. */
export const outlookFiles = (): string =>
  letter(
    [
      'From: Nadia Ruiz <nadia@remote.example>',
      'Subject: Sent from Outlook',
      'Content-Type: multipart/mixed; boundary=b',
    ],
    [
      '--b',
      'Content-Type: text/plain; charset=utf-8',
      '',
      'The files are in it.',
      ...part(
        'application/ms-tnef',
        'winmail.dat',
        Buffer.from(
          tnefOf([
            { name: 'Minutes of the board.txt', content: minutes.join('\r\n') },
            { name: 'Price list 2027.csv', content: 'crane;1200' },
            { name: 'Invoice.pdf.exe', content: 'MZ' },
          ]),
        )
          .toString('base64')
          .replace(/.{76}/g, '$&\r\n'),
        'base64',
      ),
      '--b--',
    ],
  )

export const deceptiveLink = (): string =>
  letter(
    [
      'From: Your bank <service@bank.example>',
      'Subject: A link that says one thing',
      'Content-Type: text/html; charset=utf-8',
    ],
    ['<p>Sign in: <a href="https://remote.example/login">https://bank.example</a></p>'],
  )

/** As the own server found it. */
export const forged = (): string =>
  [
    'Received: from x (unknown [192.0.2.9]) by mail.lindqvist.example (Stalwart SMTP) with ESMTP id 1',
    'Authentication-Results: mail.lindqvist.example; dkim=none; spf=fail smtp.mailfrom=a@bank.example; dmarc=fail header.from=bank.example',
    letter(
      [
        'From: Your bank <service@bank.example>',
        'Subject: Your account is closed',
        'Content-Type: text/html; charset=utf-8',
      ],
      ['<p>Dear customer,</p><p><a href="https://remote.example/login">Open it again</a> until tonight.</p>'],
    ),
  ].join('\r\n')

export const note = (subject: string): string =>
  letter(
    ['From: Jonas Okafor <jonas@tidewater.example>', `Subject: ${subject}`, 'Content-Type: text/plain; charset=utf-8'],
    minutes,
  )

export const writesTo = (): string =>
  letter(
    [
      'From: Harbour office <office@tidewater.example>',
      'Subject: Who to ask',
      'Content-Type: text/html; charset=utf-8',
    ],
    [
      '<p><a href="mailto:office@tidewater.example?cc=crane@tidewater.example&bcc=log@remote.example&subject=The%20crane">Write to us</a></p>',
      '<p><a href="https://remote.example/plan">The plan</a></p>',
    ],
  )

export const heldPictures = (): string =>
  letter(
    [
      'From: The Slow Shop <news@shop.example>',
      'Subject: Pictures from the internet',
      'Content-Type: text/html; charset=utf-8',
    ],
    [
      '<p>Autumn.</p><img src="https://remote.example/a.png" alt="A leaf" width="300" height="120">',
      '<img src="https://remote.example/pixel.gif" width="1" height="1" alt="">',
    ],
  )

/** Of a sender whom the reader's server knows. */
export const vouchedPictures = (): string =>
  [
    'Received: from mx.shop.example (mx.shop.example [192.0.2.1]) by mail.lindqvist.example with ESMTPS id 1',
    'Authentication-Results: mail.lindqvist.example; dmarc=pass header.from=shop.example',
    heldPictures().replace('Pictures from the internet', 'Pictures of a known sender'),
  ].join('\r\n')

/** In another time zone than the reader's. */
export const invitation = (): string =>
  letter(
    [
      'From: Jonas Okafor <jonas@tidewater.example>',
      'Subject: Invitation: Harbour walk and planning',
      'Content-Type: multipart/alternative; boundary=b',
    ],
    [
      '--b',
      'Content-Type: text/plain; charset=utf-8',
      '',
      'Hello all,',
      '',
      'Before we sit down with the plans I would like us to see the quay on foot.',
      '--b',
      'Content-Type: text/calendar; charset=utf-8; method=REQUEST',
      '',
      'BEGIN:VCALENDAR',
      'METHOD:REQUEST',
      'BEGIN:VEVENT',
      'UID:walk',
      'SEQUENCE:1',
      'SUMMARY:Harbour walk and planning',
      'DTSTART;TZID=Asia/Tokyo:20261126T190000',
      'DTEND;TZID=Asia/Tokyo:20261126T203000',
      'LOCATION:Pier 4\\, by the old crane',
      'ORGANIZER;CN=Jonas Okafor:mailto:jonas@tidewater.example',
      'ATTENDEE:mailto:mara@lindqvist.example',
      'END:VEVENT',
      'END:VCALENDAR',
      '--b--',
    ],
  )
