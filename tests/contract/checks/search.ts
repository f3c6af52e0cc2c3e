/** RFC 8621 §4.4.1 (`text`) and §5.1: what a search leans on. All checks search the same few messages. */
import type { Check } from '../check.ts'
import { assert, equal, list, type Json, type Target } from '../target.ts'

/** Words that nobody else's mail has. */
const word = (): string => `w${String(Date.now())}${Math.random().toString(36).slice(2, 8)}`
const sorted = (ids: readonly unknown[]): string[] => ids.map(String).toSorted()

async function seed(t: Target) {
  const words = { spread: word(), accents: word(), one: word(), other: word(), left: word(), right: word() }
  const { spread, accents, one, other, left, right } = words
  const more = { out: word(), markup: word(), subjectWord: word() }
  const made = await t.call('Mailbox/set', { create: { b: { name: `Out ${more.out}`, parentId: t.mailboxId } } })
  const outBox = String((made['created'] as Record<string, { id: string }>)['b']?.id)
  const ids = {
    from: await t.importMail({ subject: 'From', from: `${spread} <sender@contract.test>` }),
    subject: await t.importMail({ subject: `The ${spread} of it` }),
    body: await t.importMail({ subject: 'Body', body: `Said ${spread} and went` }),
    accents: await t.importMail({ subject: 'Accents', body: `Caf\u00e9${accents}` }),
    together: await t.importMail({ subject: `${one} before ${other}` }),
    alone: await t.importMail({ subject: `${one} alone` }),
    apart: await t.importMail({ subject: `Apart ${left}`, body: `then ${right}` }),
    phrase: await t.importMail({ subject: `${right} ${left} side by side` }),
    here: await t.importMail({ subject: `${more.out} here` }),
    there: await t.importMail({ subject: `${more.out} there`, mailboxIds: { [outBox]: true } }),
    markup: await t.importMail({
      subject: `See ${more.markup} now`,
      body: `<b>bold</b> &amp; <mark>not</mark> ${more.markup}`,
    }),
    onlySubject: await t.importMail({ subject: `Only ${more.subjectWord} here`, body: 'Nothing of it.' }),
  }
  return { ...words, ...more, outBox, ids }
}

const seeds = new WeakMap<Target, ReturnType<typeof seed>>()

function seeded(t: Target): ReturnType<typeof seed> {
  const known = seeds.get(t) ?? seed(t)
  seeds.set(t, known)
  return known
}

/** Asks until as many are found: a text index lags. */
async function found(t: Target, filter: Json, count: number): Promise<readonly string[]> {
  const ids = await t.eventually(
    async () => list((await t.call('Email/query', { filter }))['ids']),
    (answer) => answer.length === count,
  )
  return sorted(ids)
}

async function snippetOf(t: Target, filter: Json, emailId: string): Promise<Json> {
  await found(t, filter, 1)
  const answer = await t.call('SearchSnippet/get', { filter, emailIds: [emailId] })
  return list(answer['list']).find((item) => item['emailId'] === emailId) ?? {}
}

const marked = (text: unknown): readonly string[] => String(text).match(/<mark>.*?<\/mark>/g) ?? []

export const searches: readonly Check[] = [
  {
    name: 'Email/query: text finds whole words in senders, subject and body',
    run: async (t) => {
      const { spread, ids } = await seeded(t)
      equal(await found(t, { text: spread }, 3), sorted([ids.from, ids.subject, ids.body]), 'ids')
    },
  },
  {
    name: 'Email/query: text takes no notice of case and accents',
    run: async (t) => {
      const { accents, ids } = await seeded(t)
      equal(await found(t, { text: `CAFE${accents.toUpperCase()}` }, 1), [ids.accents], 'ids')
    },
  },
  {
    name: 'Email/query: each word of text must be there, in any order',
    run: async (t) => {
      const { one, other, ids } = await seeded(t)
      equal(await found(t, { text: one }, 2), sorted([ids.together, ids.alone]), 'of one word')
      equal(await found(t, { text: `${other} ${one}` }, 1), [ids.together], 'of two')
    },
  },
  {
    name: 'Email/query: words in quotes stand side by side',
    run: async (t) => {
      const { left, right, ids } = await seeded(t)
      equal(await found(t, { text: `"${right} ${left}"` }, 1), [ids.phrase], 'side by side')
      equal((await t.call('Email/query', { filter: { text: `"${left} ${right}"` } }))['ids'], [], 'the other way')
    },
  },
  {
    name: 'Email/query: the words of one text may stand in different parts',
    run: async (t) => {
      const { left, right, ids } = await seeded(t)
      await found(t, { text: right }, 2)
      const answer = await t.call('Email/query', { filter: { text: `${left} ${right}` } })
      equal(sorted(list(answer['ids'])), sorted([ids.apart, ids.phrase]), 'ids')
    },
  },
  {
    name: 'Email/query: what texts joined by AND look for may stand in different parts',
    run: async (t) => {
      const { left, right, ids } = await seeded(t)
      const filter = { operator: 'AND', conditions: [{ text: left }, { text: right }] }
      equal(await found(t, filter, 2), sorted([ids.apart, ids.phrase]), 'ids')
    },
  },
  {
    name: 'Email/query: text beside inMailboxOtherThan leaves a mailbox out',
    run: async (t) => {
      const { out, outBox, ids } = await seeded(t)
      equal(await found(t, { text: out }, 2), sorted([ids.here, ids.there]), 'of all')
      equal(await found(t, { text: out, inMailboxOtherThan: [outBox] }, 1), [ids.here], 'of the others')
    },
  },
  {
    name: 'SearchSnippet/get: marks what was found, and escapes the mail’s own markup',
    run: async (t) => {
      const { markup, ids } = await seeded(t)
      const { subject, preview } = await snippetOf(t, { text: markup }, ids.markup)
      equal(subject, `See <mark>${markup}</mark> now`, 'subject')
      equal(marked(preview), [`<mark>${markup}</mark>`], 'marks')
      const isEscaped = String(preview).includes('&lt;b&gt;bold&lt;/b&gt; &amp;amp; &lt;mark&gt;not&lt;/mark&gt;')
      assert(isEscaped, `preview: ${String(preview)}`)
    },
  },
  {
    name: 'SearchSnippet/get: marks what texts joined by AND look for, each where it stands',
    run: async (t) => {
      const { left, right, outBox, ids } = await seeded(t)
      const filter = {
        operator: 'AND',
        conditions: [{ text: left, inMailboxOtherThan: [outBox] }, { text: right }, { subject: 'Apart' }],
      }
      const { subject, preview } = await snippetOf(t, filter, ids.apart)
      assert(marked(subject).includes(`<mark>${left}</mark>`), `subject: ${String(subject)}`)
      equal(marked(preview), [`<mark>${right}</mark>`], 'marks of the text')
    },
  },
  {
    name: 'SearchSnippet/get: null where nothing is to be marked',
    run: async (t) => {
      const { subjectWord, ids } = await seeded(t)
      equal((await snippetOf(t, { text: subjectWord }, ids.onlySubject))['preview'], null, 'preview')
    },
  },
  {
    name: 'SearchSnippet/get: takes its ids from the query of the same request',
    run: async (t) => {
      const { subjectWord, outBox, ids } = await seeded(t)
      const filter = { text: subjectWord, inMailboxOtherThan: [outBox] }
      await found(t, filter, 1)
      const answers = await t.calls([
        ['Email/query', { filter, collapseThreads: true, calculateTotal: true, limit: 10 }, 'q'],
        ['SearchSnippet/get', { filter, '#emailIds': { resultOf: 'q', name: 'Email/query', path: '/ids' } }, 's'],
      ])
      const snippets = list(answers[1]?.[1]['list'])
      equal(
        snippets.map((item) => item['emailId']),
        [ids.onlySubject],
        'emailIds',
      )
    },
  },
  {
    name: 'SearchSnippet/get: an id that is not there is in notFound',
    run: async (t) => {
      const answer = await t.call('SearchSnippet/get', { filter: { text: 'anything' }, emailIds: ['nothing'] })
      equal([answer['list'], answer['notFound']], [[], ['nothing']], 'answer')
    },
  },
]
