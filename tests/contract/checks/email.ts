/** RFC 8621 §3, §4: get, set, changes, import, parse, threads, blobs. */
import type { Check } from '../check.ts'
import { assert, equal, list, type Json, type Target } from '../target.ts'

const get = async (t: Target, id: string, properties: readonly string[], more: Json = {}): Promise<Json> => {
  const [email] = list((await t.call('Email/get', { ids: [id], properties, ...more }))['list'])
  assert(email, `Email/get does not find ${id}`)
  return email
}

export const email: readonly Check[] = [
  {
    name: 'Email/get: the list properties',
    run: async (t) => {
      const id = await t.importMail({
        subject: 'Grüße aus Köln',
        from: 'Zoë Ødegård <zoe@contract.test>',
        receivedAt: '2026-01-02T03:04:05Z',
      })
      const mail = await get(t, id, [
        'id',
        'blobId',
        'threadId',
        'mailboxIds',
        'keywords',
        'size',
        'receivedAt',
        'from',
        'to',
        'subject',
        'preview',
        'hasAttachment',
        'messageId',
      ])
      equal(mail['mailboxIds'], { [t.mailboxId]: true }, 'mailboxIds')
      equal(mail['receivedAt'], '2026-01-02T03:04:05Z', 'receivedAt')
      equal(mail['subject'], 'Grüße aus Köln', 'subject')
      equal(mail['hasAttachment'], false, 'hasAttachment')
      assert(String(mail['preview']).startsWith('Body'), 'preview')
    },
  },
  {
    name: 'Email/get: ids [] answers the state alone',
    run: async (t) => {
      const answer = await t.call('Email/get', { ids: [] })
      equal(answer['list'], [], 'list')
      assert(typeof answer['state'] === 'string' && answer['state'] !== '', 'state')
    },
  },
  {
    name: 'Email/get: header forms, and null for a header that is not there',
    run: async (t) => {
      const id = await t.importMail({ subject: 'Headers' })
      const mail = await get(t, id, ['header:List-Id:asText', 'header:Subject:asText', 'header:From:asAddresses'])
      equal([mail['header:List-Id:asText'], mail['header:Subject:asText']], [null, 'Headers'], 'headers')
      equal(list(mail['header:From:asAddresses'])[0]?.['email'], 'sender@contract.test', 'from')
    },
  },
  {
    name: 'Email/get: text bodies with values, cut at maxBodyValueBytes',
    run: async (t) => {
      const id = await t.importMail({ subject: 'Long', body: 'abcdefghij'.repeat(50) })
      const mail = await get(t, id, ['textBody', 'bodyValues'], { fetchTextBodyValues: true, maxBodyValueBytes: 100 })
      const partId = String(list(mail['textBody'])[0]?.['partId'])
      const value = (mail['bodyValues'] as Record<string, Json>)[partId]
      assert(String(value?.['value']).length <= 100, 'length')
      equal(value?.['isTruncated'], true, 'isTruncated')
    },
  },
  {
    name: 'Email/set: keyword patches, and Email/changes tells them',
    run: async (t) => {
      const id = await t.importMail({ subject: 'Patch me' })
      const since = await t.state('Email')
      const answer = await t.call('Email/set', {
        update: { [id]: { 'keywords/$seen': true, 'keywords/$flagged': true } },
      })
      assert(answer['updated'] && id in (answer['updated'] as Json), 'updated')
      equal((await get(t, id, ['keywords']))['keywords'], { $flagged: true, $seen: true }, 'keywords')
      const changes = await t.call('Email/changes', { sinceState: since })
      equal([changes['created'], changes['updated'], changes['destroyed']], [[], [id], []], 'changes')
      await t.call('Email/set', { update: { [id]: { 'keywords/$seen': null } } })
      equal((await get(t, id, ['keywords']))['keywords'], { $flagged: true }, 'after removal')
    },
  },
  {
    name: 'Email/set: an unknown id is notFound, the known one succeeds',
    run: async (t) => {
      const id = await t.importMail({ subject: 'Partial' })
      const answer = await t.call('Email/set', {
        update: { [id]: { 'keywords/$seen': true }, nothing: { 'keywords/$seen': true } },
      })
      assert(id in ((answer['updated'] ?? {}) as Json), 'updated')
      equal((answer['notUpdated'] as Record<string, Json>)['nothing']?.['type'], 'notFound', 'notUpdated')
    },
  },
  {
    name: 'Email/set: ifInState of an old state is stateMismatch',
    run: async (t) => {
      const old = await t.state('Email')
      const id = await t.importMail({ subject: 'Moves the state' })
      equal(
        await t.errorOf('Email/set', { ifInState: old, update: { [id]: { 'keywords/$seen': true } } }),
        'stateMismatch',
        'error',
      )
    },
  },
  {
    name: 'Email/set: its newState is where /changes goes on',
    run: async (t) => {
      const id = await t.importMail({ subject: 'States' })
      const answer = await t.call('Email/set', { update: { [id]: { 'keywords/$seen': true } } })
      const changes = await t.call('Email/changes', { sinceState: String(answer['newState']) })
      equal([changes['created'], changes['updated'], changes['destroyed']], [[], [], []], 'changes')
    },
  },
  {
    name: 'Email/changes: created and destroyed; created then destroyed is not told',
    run: async (t) => {
      const since = await t.state('Email')
      const kept = await t.importMail({ subject: 'Kept' })
      const gone = await t.importMail({ subject: 'Gone' })
      await t.call('Email/set', { destroy: [gone] })
      const changes = await t.call('Email/changes', { sinceState: since })
      equal(changes['created'], [kept], 'created')
      assert(!list(changes['updated']).includes(gone as never), 'not in updated')
    },
  },
  {
    name: 'Email/changes: maxChanges pages with hasMoreChanges until the newest state',
    run: async (t) => {
      const since = await t.state('Email')
      const ids = new Set<string>()
      for (let i = 0; i < 5; i++) ids.add(await t.importMail({ subject: `Page ${String(i)}` }))
      let state = since
      const seen = new Set<unknown>()
      for (let round = 0; round < 10; round++) {
        const changes = await t.call('Email/changes', { sinceState: state, maxChanges: 2 })
        const size =
          list(changes['created']).length + list(changes['updated']).length + list(changes['destroyed']).length
        assert(size <= 2, `a page holds ${String(size)}`)
        for (const id of list(changes['created'])) seen.add(id)
        state = String(changes['newState'])
        if (changes['hasMoreChanges'] === false) break
      }
      equal([...seen].sort(), [...ids].sort(), 'created over all pages')
      equal(state, await t.state('Email'), 'the last state')
    },
  },
  {
    name: 'Email/changes: a garbage state is refused',
    run: async (t) => {
      const error = await t.errorOf('Email/changes', { sinceState: 'no-state-of-yours' })
      assert(error === 'cannotCalculateChanges' || error === 'invalidArguments', `got ${String(error)}`)
    },
  },
  {
    name: 'Thread: a reply joins, oldest first; Thread/changes tells it',
    run: async (t) => {
      const messageId = `root.${String(Date.now())}@contract.test`
      const root = await t.importMail({ subject: 'Threads', messageId, receivedAt: '2026-01-01T00:00:00Z' })
      const since = await t.state('Thread')
      const reply = await t.importMail({
        subject: 'Re: Threads',
        inReplyTo: messageId,
        receivedAt: '2026-01-01T01:00:00Z',
      })
      const { threadId } = (await get(t, reply, ['threadId'])) as { threadId: string }
      equal((await get(t, root, ['threadId']))['threadId'], threadId, 'one thread')
      equal(list((await t.call('Thread/get', { ids: [threadId] }))['list'])[0]?.['emailIds'], [root, reply], 'emailIds')
      const changes = await t.call('Thread/changes', { sinceState: since })
      assert(
        list(changes['updated']).includes(threadId as never) || list(changes['created']).includes(threadId as never),
        'Thread/changes',
      )
    },
  },
  {
    name: 'Email/import: bytes that are no mail are refused or survived',
    run: async (t) => {
      const blobId = await t.upload(new Uint8Array([0, 1, 2, 3, 0, 255]), 'message/rfc822')
      const answer = await t.call('Email/import', { emails: { m: { blobId, mailboxIds: { [t.mailboxId]: true } } } })
      assert((answer['created'] as Json | null)?.['m'] ?? (answer['notCreated'] as Json | null)?.['m'], 'one of both')
    },
  },
  {
    name: 'blobs: what is uploaded comes back the same, as an attachment',
    run: async (t) => {
      const blobId = await t.upload('Hallo, Welt: ü', 'text/plain')
      const response = await t.http(t.downloadUrl(blobId, 'a b#c?.txt', 'text/plain'))
      equal(response.status, 200, 'status')
      equal(await response.text(), 'Hallo, Welt: ü', 'text')
      assert((response.headers.get('Content-Disposition') ?? '').startsWith('attachment'), 'Content-Disposition')
    },
  },
  {
    name: 'blobs: an unknown blob is 404',
    run: async (t) => equal((await t.http(t.downloadUrl('Gnothing', 'x', 'text/plain'))).status, 404, 'status'),
  },
]
