/** RFC 8621 §2. */
import type { Check } from '../check.ts'
import { assert, equal, list } from '../target.ts'

export const mailbox: readonly Check[] = [
  {
    name: 'Mailbox/get: an Inbox with rights and counts',
    run: async (t) => {
      const inbox = list((await t.call('Mailbox/get', { ids: null }))['list']).find((box) => box['role'] === 'inbox')
      assert(inbox, 'no mailbox with the role inbox')
      for (const key of ['totalEmails', 'unreadEmails', 'totalThreads', 'unreadThreads'])
        assert(typeof inbox[key] === 'number', key)
      equal((inbox['myRights'] as Record<string, boolean>)['mayReadItems'], true, 'mayReadItems')
    },
  },
  {
    name: 'Mailbox/get: unknown ids are notFound',
    run: async (t) =>
      equal((await t.call('Mailbox/get', { ids: ['nothing-here'] }))['notFound'], ['nothing-here'], 'notFound'),
  },
  {
    name: 'Mailbox/set and /changes: created, renamed, destroyed',
    run: async (t) => {
      const before = await t.state('Mailbox')
      const created = await t.call('Mailbox/set', {
        create: { b: { name: `Child ${String(Date.now())}`, parentId: t.mailboxId } },
      })
      const id = String((created['created'] as Record<string, { id: string }>)['b']?.id)
      const changes = await t.call('Mailbox/changes', { sinceState: before })
      assert(list(changes['created']).includes(id as never), 'created lists the new mailbox')
      const middle = String(changes['newState'])
      await t.call('Mailbox/set', { update: { [id]: { name: `Renamed ${String(Date.now())}` } } })
      const renamed = await t.call('Mailbox/changes', { sinceState: middle })
      assert(list(renamed['updated']).includes(id as never), 'updated lists the renamed mailbox')
      await t.call('Mailbox/set', { destroy: [id] })
      const gone = await t.call('Mailbox/changes', { sinceState: String(renamed['newState']) })
      assert(list(gone['destroyed']).includes(id as never), 'destroyed lists it')
    },
  },
  {
    name: 'Mailbox/changes: from the newest state nothing',
    run: async (t) => {
      const state = await t.state('Mailbox')
      const changes = await t.call('Mailbox/changes', { sinceState: state })
      equal(
        [changes['created'], changes['updated'], changes['destroyed'], changes['hasMoreChanges']],
        [[], [], [], false],
        'changes',
      )
      equal(changes['newState'], state, 'newState')
    },
  },
  {
    name: 'Mailbox counts follow import, $seen and destroy',
    run: async (t) => {
      const counts = async (): Promise<unknown[]> => {
        const [box] = list(
          (
            await t.call('Mailbox/get', {
              ids: [t.mailboxId],
              properties: ['totalEmails', 'unreadEmails', 'totalThreads', 'unreadThreads'],
            })
          )['list'],
        )
        return [box?.['totalEmails'], box?.['unreadEmails'], box?.['totalThreads'], box?.['unreadThreads']]
      }
      const [total, unread, threads, unreadThreads] = (await counts()) as number[]
      const id = await t.importMail({ subject: `Counted ${String(Date.now())}` })
      equal(await counts(), [total! + 1, unread! + 1, threads! + 1, unreadThreads! + 1], 'after import')
      await t.call('Email/set', { update: { [id]: { 'keywords/$seen': true } } })
      equal(await counts(), [total! + 1, unread, threads! + 1, unreadThreads], 'after $seen')
      await t.call('Email/set', { destroy: [id] })
      equal(await counts(), [total, unread, threads, unreadThreads], 'after destroy')
    },
  },
  {
    name: 'Mailbox/changes: a change of counts alone says updatedProperties',
    run: async (t) => {
      const before = await t.state('Mailbox')
      await t.importMail({ subject: 'Counts only' })
      const changes = await t.call('Mailbox/changes', { sinceState: before })
      assert(list(changes['updated']).includes(t.mailboxId as never), 'the mailbox is in updated')
      assert(Array.isArray(changes['updatedProperties']), 'updatedProperties is a list')
    },
  },
  {
    name: 'Mailbox/set: two siblings of one name are refused',
    run: async (t) => {
      const name = `Twin ${String(Date.now())}`
      await t.call('Mailbox/set', { create: { a: { name, parentId: t.mailboxId } } })
      const second = await t.call('Mailbox/set', { create: { b: { name, parentId: t.mailboxId } } })
      assert((second['notCreated'] as Record<string, unknown> | null)?.['b'], 'notCreated')
    },
  },
]
