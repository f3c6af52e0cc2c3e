import { describe, expect, it } from 'vitest'
import { mail, TestClient } from '../test-client.ts'

const MIXED = [
  'From: =?utf-8?q?J=C3=BCrg?= <j@remote.test>, "Last, First" <l@remote.test>',
  'To: friends: a@remote.test, B <b@remote.test>;',
  'Subject: =?iso-8859-1?q?Gr=FC=DFe?=\r\n =?utf-8?b?IOKcqA==?=',
  'Message-ID: <mixed@remote.test>',
  'References: <one@remote.test> <two@remote.test>',
  'Date: Wed, 25 Nov 2026 12:00:00 +0200',
  'List-Unsubscribe: <https://lists.test/u?x=1>, <mailto:u@lists.test>',
  'Content-Type: multipart/mixed; boundary="outer"',
  '',
  '--outer',
  'Content-Type: multipart/related; boundary=inner',
  '',
  '--inner',
  'Content-Type: multipart/alternative; boundary=alt',
  '',
  '--alt',
  'Content-Type: text/plain; charset=iso-8859-1',
  'Content-Transfer-Encoding: quoted-printable',
  '',
  'Gr=FC=DFe aus der K=\r\n=FCche',
  '--alt',
  'Content-Type: text/html; charset=utf-8',
  '',
  '<p>Grüße <img src="cid:pic@x"></p>',
  '--alt--',
  '--inner',
  'Content-Type: image/png',
  'Content-ID: <pic@x>',
  'Content-Disposition: inline',
  'Content-Transfer-Encoding: base64',
  '',
  'iVBORw0KGgo=',
  '--inner--',
  '--outer',
  "Content-Type: application/pdf; name*0*=utf-8''na%C3%AF; name*1=ve.pdf",
  'Content-Disposition: attachment',
  'Content-Transfer-Encoding: base64',
  '',
  'JVBERi0=',
  '--outer--',
  '',
].join('\r\n')

async function got(raw: string, args: Record<string, unknown> = {}): Promise<Record<string, unknown>> {
  const client = new TestClient()
  const { id } = client.account.deliver(raw)
  const answer = await client.call('Email/get', { ids: [id], ...args })
  return (answer['list'] as Record<string, unknown>[])[0] ?? answer
}

describe('Email/get', () => {
  it('reads headers in their parsed forms', async () => {
    const properties = [
      ...['from', 'to', 'subject', 'sentAt', 'references', 'header:Subject', 'header:To:asGroupedAddresses'],
      ...['header:List-Unsubscribe:asURLs', 'header:X-None:asText', 'header:X-None:all'],
    ]
    expect(await got(MIXED, { properties })).toMatchObject({
      from: [
        { name: 'Jürg', email: 'j@remote.test' },
        { name: 'Last, First', email: 'l@remote.test' },
      ],
      to: [
        { name: null, email: 'a@remote.test' },
        { name: 'B', email: 'b@remote.test' },
      ],
      subject: 'Grüße ✨',
      sentAt: '2026-11-25T12:00:00+02:00',
      references: ['one@remote.test', 'two@remote.test'],
      'header:Subject': ' =?iso-8859-1?q?Gr=FC=DFe?=\r\n =?utf-8?b?IOKcqA==?=',
      'header:To:asGroupedAddresses': [{ name: 'friends', addresses: [{ email: 'a@remote.test' }, { name: 'B' }] }],
      'header:List-Unsubscribe:asURLs': ['https://lists.test/u?x=1', 'mailto:u@lists.test'],
      'header:X-None:asText': null,
      'header:X-None:all': [],
    })
  })

  it('sorts the parts into text, HTML and attachments (RFC 8621 §4.1.4)', async () => {
    const email = await got(MIXED, { fetchAllBodyValues: true })
    const types = (name: string): string[] => (email[name] as { type: string }[]).map(({ type }) => type)
    expect(types('textBody')).toEqual(['text/plain'])
    expect(types('htmlBody')).toEqual(['text/html'])
    expect(email['attachments']).toMatchObject([
      { type: 'image/png', cid: 'pic@x', disposition: 'inline', size: 8 },
      { type: 'application/pdf', name: 'naïve.pdf', disposition: 'attachment', size: 5 },
    ])
    expect(email).toMatchObject({
      hasAttachment: true,
      preview: 'Grüße aus der Küche',
      bodyValues: {
        1: { value: 'Grüße aus der Küche', isEncodingProblem: false, isTruncated: false },
        2: { value: '<p>Grüße <img src="cid:pic@x"></p>' },
      },
    })
  })

  it('gives the tree when asked, and the bytes of each part as a blob', async () => {
    const client = new TestClient()
    const { id } = client.account.deliver(MIXED)
    const answer = await client.call('Email/get', {
      ids: [id],
      properties: ['bodyStructure'],
      bodyProperties: ['type', 'blobId'],
    })
    const [{ bodyStructure }] = answer['list'] as [
      { bodyStructure: { type: string; subParts: { type: string; blobId: string }[] } },
    ]
    expect(bodyStructure.type).toBe('multipart/mixed')
    expect(bodyStructure.subParts.map(({ type }) => type)).toEqual(['multipart/related', 'application/pdf'])
    const blobId = bodyStructure.subParts[1]!.blobId
    const file = await client.fetch(`/jmap/download/${client.account.id}/${blobId}/x.pdf`)
    expect(await file.text()).toBe('%PDF-')
  })

  it('cuts body values at maxBodyValueBytes, never within a character or a tag', async () => {
    const raw = 'Content-Type: text/html; charset=utf-8\r\n\r\n<p>üü</p><b class="x">bold</b>'
    const email = await got(raw, { fetchHTMLBodyValues: true, maxBodyValueBytes: 15 })
    expect(email['bodyValues']).toEqual({ 1: { value: '<p>üü</p>', isEncodingProblem: false, isTruncated: true } })
  })

  it('reads a character cut between two encoded words, and a stateful charset in two', async () => {
    const cut = await got('Subject: =?utf-8?b?w7zDvMM=?= =?utf-8?b?vA==?=\r\n\r\n', { properties: ['subject'] })
    expect(cut['subject']).toBe('üüü')
    const words = '=?ISO-2022-JP?B?GyRCJUYbKEI=?= =?ISO-2022-JP?B?GyRCJTklSBsoQg==?='
    expect((await got(`Subject: ${words}\r\n\r\n`, { properties: ['subject'] }))['subject']).toBe('テスト')
  })

  it('tells an encoding problem and goes on', async () => {
    const email = await got('Content-Type: text/plain; charset=x-unknown\r\n\r\nhi', { fetchTextBodyValues: true })
    expect(email['bodyValues']).toMatchObject({ 1: { value: 'hi', isEncodingProblem: true } })
  })

  it('answers list rows of lazy messages without their MIME', async () => {
    const client = new TestClient()
    const raw = (): never => {
      throw new Error('made without need')
    }
    const lazy = {
      from: null,
      to: null,
      subject: 's',
      preview: 'p',
      size: 9,
      headers: { 'list-id': ' <l.test>', 'auto-submitted': null },
      raw,
    }
    const { id } = client.account.addLazy(lazy)
    const properties = [
      'id',
      'subject',
      'preview',
      'size',
      'keywords',
      'messageId',
      'header:List-Id:asText',
      'header:Auto-Submitted:asText',
    ]
    const answer = await client.call('Email/get', { ids: [id], properties })
    expect(answer['list']).toMatchObject([
      { 'header:List-Id:asText': '<l.test>', 'header:Auto-Submitted:asText': null },
    ])
  })

  it('refuses unknown properties, and more ids than allowed', async () => {
    const client = new TestClient({ limits: { maxObjectsInGet: 2 } })
    expect(await client.call('Email/get', { ids: [], properties: ['nope'] })).toMatchObject({
      type: 'invalidArguments',
    })
    expect(await client.call('Email/get', { ids: ['a', 'b', 'c'] })).toMatchObject({ type: 'requestTooLarge' })
    expect(await client.call('Email/get', { ids: ['a'] })).toMatchObject({ list: [], notFound: ['a'] })
  })
})

describe('Email/set, import, copy, parse', () => {
  it('makes a message that reads back as it was given', async () => {
    const client = new TestClient()
    const drafts = client.account.mailboxByRole('drafts')!.id
    const upload = await client.fetch(`/jmap/upload/${client.account.id}/`, { method: 'POST', body: 'PNG' })
    const { blobId } = (await upload.json()) as { blobId: string }
    const create = {
      d: {
        mailboxIds: { [drafts]: true },
        keywords: { $draft: true },
        from: [{ name: 'Älice', email: 'alice@example.test' }],
        to: [{ name: null, email: 'bob@example.test' }],
        subject: 'Grüße aus Köln, und noch viel mehr Text, damit gefaltet wird ✨',
        textBody: [{ partId: 't', type: 'text/plain' }],
        htmlBody: [{ partId: 'h', type: 'text/html' }],
        attachments: [{ blobId, type: 'image/png', name: 'ä.png', disposition: 'attachment' }],
        bodyValues: { t: { value: 'Grüße' }, h: { value: '<p>Grüße</p>' } },
      },
    }
    const [set] = await client.calls([['Email/set', { create }]])
    const { id } = (set?.['created'] as Record<string, { id: string }>)['d']!
    const answer = await client.call('Email/get', { ids: [id], fetchAllBodyValues: true })
    expect(answer['list']).toMatchObject([
      {
        from: create.d.from,
        subject: create.d.subject,
        keywords: { $draft: true },
        bodyValues: { 1: { value: 'Grüße' }, 2: { value: '<p>Grüße</p>' } },
        attachments: [{ name: 'ä.png', type: 'image/png', size: 3 }],
      },
    ])
  })

  it('refuses each bad update on its own', async () => {
    const client = new TestClient()
    const ids = Array.from({ length: 5 }, () => client.account.deliver(mail()).id)
    const answer = await client.call('Email/set', {
      update: {
        [ids[0]!]: { 'keywords/$flagged': true, 'keywords/Work': true },
        [ids[1]!]: { 'mailboxIds/zzz': true },
        [ids[2]!]: { mailboxIds: {} },
        [ids[3]!]: { subject: 'changed' },
        [ids[4]!]: { 'keywords/$seen': true },
        zzzz: { 'keywords/$seen': true },
      },
      destroy: [ids[4]!, 'yyyy'],
    })
    expect(answer).toMatchObject({
      updated: { [ids[0]!]: null },
      notUpdated: {
        [ids[1]!]: { type: 'invalidProperties', properties: ['mailboxIds'] },
        [ids[2]!]: { type: 'invalidProperties' },
        [ids[3]!]: { type: 'invalidProperties', properties: ['subject'] },
        [ids[4]!]: { type: 'willDestroy' },
        zzzz: { type: 'notFound' },
      },
      destroyed: [ids[4]!],
      notDestroyed: { yyyy: { type: 'notFound' } },
    })
  })

  it('imports a blob, and parses one without keeping it', async () => {
    const client = new TestClient()
    const upload = await client.fetch(`/jmap/upload/${client.account.id}/`, {
      method: 'POST',
      body: mail({ subject: 'Blob' }),
    })
    const { blobId } = (await upload.json()) as { blobId: string }
    const inbox = client.account.mailboxByRole('inbox')!.id
    const emails = {
      a: { blobId, mailboxIds: { [inbox]: true } },
      b: { blobId: 'nope', mailboxIds: { [inbox]: true } },
    }
    const [imported, parsed] = await client.calls([
      ['Email/import', { emails }],
      ['Email/parse', { blobIds: [blobId, 'nope'], properties: ['subject', 'id'] }],
    ])
    expect(imported).toMatchObject({ notCreated: { b: { type: 'invalidProperties' } } })
    expect(client.account.emails.size).toBe(1)
    expect(parsed).toMatchObject({ parsed: { [blobId]: { subject: 'Blob', id: null } }, notFound: ['nope'] })
  })
})
