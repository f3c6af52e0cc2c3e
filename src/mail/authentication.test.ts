import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { authenticate } from './authentication.ts'
import { parseAuthenticationResults } from './authentication-results.ts'
import { parseReceived, readTrace } from './trace.ts'
import type { EmailAddress } from '../jmap/types.ts'

const names = ['mail.home.example']
const anna: EmailAddress[] = [{ name: 'Anna', email: 'anna@bank.example' }]
const received =
  'from mx.bank.example (mx.bank.example [192.0.2.1])\r\n\tby mail.home.example (Stalwart SMTP) with ESMTPS id 1'
const pass = 'mail.home.example; dkim=pass header.d=bank.example; dmarc=pass header.from=bank.example'

type Given = readonly (readonly [name: string, value: string])[]
const header = (given: Given) => given.map(([name, value]) => ({ name, value }))
const judge = (given: Given, own = names, from = anna) => authenticate(header(given), own, from)
const verdict = (results: string, from = 'anna@bank.example') =>
  judge(
    [
      ['Received', received],
      ['Authentication-Results', results],
    ],
    names,
    [{ name: null, email: from }],
  ).verdict

describe('authenticate', () => {
  it('reads what Stalwart writes, below its own line', () => {
    const results = `mail.home.example;
\tdkim=pass header.d=bank.example header.s=s1 header.b=abc==;
\tspf=none smtp.helo=mx.bank.example;
\tspf=pass (mail.home.example: domain of bounce@bank.example designates 192.0.2.1 as permitted sender) smtp.mailfrom=bounce@bank.example;
\tiprev=pass policy.iprev=192.0.2.1;
\tdmarc=pass header.from=bank.example policy.dmarc=reject`.replaceAll('\n', '\r\n')
    expect(
      judge([
        ['Received', received],
        ['Authentication-Results', results],
      ]),
    ).toEqual({
      verdict: 'aligned',
      domain: 'bank.example',
      dkim: 'pass',
      spf: 'pass',
      dmarc: 'pass',
      arc: null,
    })
  })

  it('reads what Cloudflare writes as its part of ARC, where the deployment names it', () => {
    const way: Given = [
      ['Received', 'from mx.bank.example (192.0.2.1) by cloudflare-email.net (cloudflare) id x for <a@home.example>'],
      [
        'ARC-Authentication-Results',
        'i=1; mx.cloudflare.net; dkim=pass header.d=bank.example; dmarc=pass header.from=bank.example policy.dmarc=none; arc=none',
      ],
    ]
    expect(judge(way, ['mx.cloudflare.net', 'cloudflare-email.net'])).toMatchObject({ verdict: 'aligned', arc: 'none' })
    expect(judge(way).verdict).toBe('unknown')
  })

  it('claims nothing where nothing is named', () => {
    expect(
      judge(
        [
          ['Received', received],
          ['Authentication-Results', pass],
        ],
        [],
      ).verdict,
    ).toBe('unknown')
  })

  it('takes all that stands above the line of who received last', () => {
    const way: Given = [
      ['Authentication-Results', 'mail.home.example; dmarc=pass header.from=bank.example'],
      ['Authentication-Results', 'mail.home.example; dkim=pass header.d=bank.example'],
      ['Received', 'from a by other.home.example with ESMTP'],
    ]
    expect(judge(way)).toMatchObject({ verdict: 'aligned', dkim: 'pass', dmarc: 'pass' })
  })

  it.each<[string, Given]>([
    ['without any line of a receiver', [['Authentication-Results', pass]]],
    [
      'below the line of another host',
      [
        ['Received', 'from a by relay.example with SMTP'],
        ['Authentication-Results', pass],
      ],
    ],
    [
      'below a second line',
      [
        ['Received', received],
        ['Received', received],
        ['Authentication-Results', pass],
      ],
    ],
    [
      'below the own result, which says nothing',
      [
        ['Received', received],
        ['Authentication-Results', 'mail.home.example; none'],
        ['Authentication-Results', pass],
      ],
    ],
    [
      'below a result of somebody else',
      [
        ['Received', received],
        ['Authentication-Results', 'relay.example; none'],
        ['Authentication-Results', pass],
      ],
    ],
    [
      'below an own result that cannot be read',
      [
        ['Received', received],
        ['Authentication-Results', ''],
        ['Authentication-Results', pass],
      ],
    ],
    [
      'brought by somebody who signed in',
      [
        ['Received', received.replace('ESMTPS', 'ESMTPSA')],
        ['Authentication-Results', pass],
      ],
    ],
    [
      'with the own line in a greeting',
      [
        ['Received', `from "x by mail.home.example" by relay.example`],
        ['Authentication-Results', pass],
      ],
    ],
    [
      'with the own line in a comment',
      [
        ['Received', `from x (by mail.home.example) by relay.example`],
        ['Authentication-Results', pass],
      ],
    ],
    [
      'with a longer name',
      [
        ['Received', received],
        ['Authentication-Results', pass.replace('mail.home', 'mail.home.example.evil')],
      ],
    ],
    [
      'with the own name in a comment',
      [
        ['Received', received],
        ['Authentication-Results', `evil.example (mail.home.example); dmarc=pass header.from=bank.example`],
      ],
    ],
    [
      'with the own name as a second word',
      [
        ['Received', received],
        ['Authentication-Results', `evil.example mail.home.example; dmarc=pass header.from=bank.example`],
      ],
    ],
  ])('believes nothing %s', (_, way) => {
    expect(judge(way)).toMatchObject({ verdict: 'unknown', domain: null, dkim: null, dmarc: null })
  })

  it('goes through a delivery on the own host', () => {
    const local: [string, string] = ['Received', 'from mail.home.example by mail.home.example with LMTP id 1']
    expect(judge([local, ['Received', received], ['Authentication-Results', pass]]).verdict).toBe('aligned')
  })

  it.each([
    ['MAIL.Home.Example.; dmarc=pass header.from=Bank.Example.'],
    ['(a (nested\\) ) comment) mail.home.example 1 ; DMARC = PASS (p=none) HEADER.FROM = bank.example'],
    ['"mail.home.example"; dmarc=pass header.from="bank.example"'],
    ['mail.home.example;\r\n dmarc=pass\r\n (folded)\r\n header.from=bank.example'],
    ['mail.home.example; dmarc/1=pass header.from=bank.example'],
    ['mail.home.example; dmarc=pass action=none header.from=bank.example; compauth=pass reason=100'],
  ])('reads %j', (results) => {
    expect(verdict(results)).toBe('aligned')
  })

  it.each([
    ['mail.home.example; none', 'unknown'],
    ['mail.home.example; dmarc=pass', 'unknown'],
    ['mail.home.example; dmarc=pass header.from=evil.example; dkim=pass header.d=bank.example', 'unknown'],
    ['mail.home.example; dmarc=pass header.from=bank.example; dmarc=fail header.from=bank.example', 'failed'],
    ['mail.home.example; dmarc=pass header.from=bank.example; dmarc=none', 'unknown'],
    ['mail.home.example; dmarc=fail header.from=bank.example; dkim=pass header.d=bank.example', 'failed'],
    ['mail.home.example; dmarc=temperror header.from=bank.example', 'unknown'],
    ['mail.home.example; dmarc=none; dkim=pass header.d=bank.example', 'aligned'],
    ['mail.home.example; dkim=pass header.d=evil.example; dkim=pass header.i=@bank.example', 'aligned'],
    ['mail.home.example; dkim=pass header.d=evilbank.example', 'unknown'],
    ['mail.home.example; dkim=pass header.d=user.bank.example', 'unknown'],
    ['mail.home.example; dkim=pass header.d=example', 'unknown'],
    ['mail.home.example; dkim=fail header.d=bank.example', 'unknown'],
    ['mail.home.example; dkim=neutral (dkim=pass header.d=bank.example) header.d=bank.example', 'unknown'],
    ['mail.home.example; spf=pass smtp.mailfrom=bounce@bank.example', 'aligned'],
    ['mail.home.example; spf=pass smtp.mailfrom=bounce+me=home.example@bank.example', 'aligned'],
    ['mail.home.example; spf=pass smtp.mailfrom=bank.example@evil.example', 'unknown'],
    ['mail.home.example; spf=pass smtp.mailfrom="a@bank.example"@evil.example', 'unknown'],
    ['mail.home.example; spf=pass smtp.helo=bank.example', 'unknown'],
    ['mail.home.example; spf=fail smtp.mailfrom=bounce@bank.example', 'failed'],
    ['mail.home.example; spf=softfail smtp.mailfrom=bounce@bank.example', 'unknown'],
    ['mail.home.example; spf=fail smtp.mailfrom=a@bank.example; dkim=pass header.d=bank.example', 'aligned'],
    ['mail.home.example; arc=pass; dmarc=fail header.from=bank.example', 'failed'],
  ])('says of %j: %s', (results, said) => {
    expect(verdict(results)).toBe(said)
  })

  it('takes a parent for a voucher, in any script', () => {
    expect(verdict('mail.home.example; dkim=pass header.d=bank.example', 'a@post.bank.example')).toBe('aligned')
    expect(verdict('mail.home.example; dmarc=pass header.from=xn--bcher-kva.example', 'a@bücher.example')).toBe(
      'aligned',
    )
  })

  it("is not taken in by a sender's address that ends a comment", () => {
    const address = 'x);dkim=pass(a)header.d=bank.example;spf=pass(b@evil.example'
    expect(verdict(`mail.home.example; spf=pass (home: domain of ${address} permits) smtp.mailfrom=${address}`)).toBe(
      'unknown',
    )
    const quoted = '"x) ; dmarc=pass header.from=bank.example ; spf=pass ("@evil.example'
    expect(
      verdict(`mail.home.example; spf=pass (home: domain of ${quoted} permits) smtp.mailfrom=a@evil.example`),
    ).toBe('unknown')
  })

  it('has no one domain of several authors, or of none', () => {
    const way: Given = [
      ['Received', received],
      ['Authentication-Results', pass],
    ]
    expect(judge(way, names, [...anna, ...anna]).verdict).toBe('unknown')
    expect(judge(way, names, []).verdict).toBe('unknown')
    expect(authenticate(header(way), names, null).verdict).toBe('unknown')
  })

  it('is quick about 10,000 of them, and about one of a megabyte', () => {
    const many: Given = Array.from({ length: 10_000 }, () => ['Authentication-Results', pass] as const)
    const start = performance.now()
    expect(
      judge([['Received', received], ['Authentication-Results', 'mail.home.example; none'], ...many]).verdict,
    ).toBe('unknown')
    expect(judge(many).verdict).toBe('unknown')
    expect(verdict(`mail.home.example; dmarc=pass header.from=bank.example${'('.repeat(1_000_000)}`)).toBe('unknown')
    expect(performance.now() - start).toBeLessThan(1_000)
  })

  it('throws at nothing', () => {
    const soup = fc.array(
      fc.constantFrom(
        '(',
        ')',
        ';',
        '=',
        '"',
        '\\',
        ' ',
        'i=1',
        names[0] ?? '',
        'dmarc=pass',
        'header.from',
        '\r\n',
        'by',
        'from',
        'é',
      ),
    )
    fc.assert(
      fc.property(soup, soup, (a, b) => {
        judge([
          ['Received', a.join('')],
          ['authentication-results', b.join('')],
          ['Received', b.join(' ')],
        ])
        parseAuthenticationResults(a.join(' '))
      }),
    )
  })
})

describe('readTrace', () => {
  const way: Given = [
    ['Received', received],
    ['Authentication-Results', pass],
    ['X-Spam-Score', 'ham, score=-1.00'],
    ['Received', 'from a by mx.bank.example with ESMTP'],
    ['X-Spam-Score', 'ham, score=-9.00'],
  ]

  it('keeps the fields that the own server wrote, and how the message reached it', () => {
    expect(readTrace(header(way), names)).toMatchObject({
      entry: { by: 'mail.home.example', protocol: 'ESMTPS' },
      fields: [{ name: 'X-Spam-Score', value: 'ham, score=-1.00' }],
    })
  })

  it('keeps none where the own server said nothing', () => {
    expect(readTrace(header(way.slice(3)), names)).toEqual({ results: [], entry: null, fields: [] })
  })
})

describe('parseReceived', () => {
  it.each([
    [
      'from a (unknown [::1]) (using TLSv1_3 with cipher TLS13) by mail.home.example (Stalwart SMTP) with ESMTPS id 1',
      '1.3',
    ],
    [
      'from a (a [1.2.3.4])\r\n (using TLSv1.2 with cipher X (256/256 bits)) by mail.home.example (Postfix) with ESMTPS',
      '1.2',
    ],
    ['from a by Mail.Home.Example. with Microsoft SMTP Server (version=TLS1_2, cipher=X)', '1.2'],
    ['from (using TLSv1.3 by mail.home.example with ESMTPS', undefined],
    ['from "x (using TLSv1.3 )" by mail.home.example with ESMTP', null],
  ])('reads %j', (value, version) => {
    expect(parseReceived(value)?.tlsVersion).toBe(version)
  })

  it.each(['', '(qmail 1 invoked by uid 2)', 'from by mail.home.example', 'from a via b by mail.home.example'])(
    'knows no host of %j',
    (value) => {
      expect(parseReceived(value)).toBeNull()
    },
  )
})
