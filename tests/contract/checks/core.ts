/** RFC 8620: session, requests, references, limits. */
import type { Check } from '../check.ts'
import { assert, CORE, equal, MAIL, type Json } from '../target.ts'

const limitsOf = (session: Json): Record<string, number> =>
  (session['capabilities'] as Record<string, Record<string, number>>)[CORE] ?? {}

export const core: readonly Check[] = [
  {
    name: 'session: the properties that RFC 8620 §2 names',
    run: (t) => {
      for (const key of [
        'capabilities',
        'accounts',
        'primaryAccounts',
        'username',
        'apiUrl',
        'downloadUrl',
        'uploadUrl',
        'eventSourceUrl',
        'state',
      ])
        assert(key in t.session, `${key} is missing`)
      return Promise.resolve()
    },
  },
  {
    name: 'session: all limits are numbers',
    run: (t) => {
      const limits = limitsOf(t.session)
      for (const key of [
        'maxSizeUpload',
        'maxConcurrentUpload',
        'maxSizeRequest',
        'maxConcurrentRequests',
        'maxCallsInRequest',
        'maxObjectsInGet',
        'maxObjectsInSet',
      ])
        assert(typeof limits[key] === 'number' && limits[key] > 0, `${key} is not a positive number`)
      return Promise.resolve()
    },
  },
  {
    name: 'session: without a password nothing of an account is told',
    run: async (t) => {
      const response = await t.http(t.sessionUrl, { anonymous: true })
      if (response.status === 401) return
      equal(response.status, 200, 'status')
      equal(((await response.json()) as Json)['accounts'], {}, 'accounts')
    },
  },
  {
    name: 'session: a wrong password answers 401',
    run: async (t) => {
      const response = await t.http(t.sessionUrl, {
        headers: { Authorization: `Basic ${Buffer.from('nobody:wrong').toString('base64')}` },
      })
      equal(response.status, 401, 'status')
    },
  },
  {
    name: 'request: Core/echo',
    run: async (t) =>
      equal((await t.calls([['Core/echo', { hello: [true] }, 'e']]))[0], ['Core/echo', { hello: [true] }, 'e'], 'echo'),
  },
  {
    name: 'request: an answer names the sessionState',
    run: async (t) => {
      const response = await t.post({ using: [CORE], methodCalls: [['Core/echo', {}, 'e']] })
      equal(((await response.json()) as Json)['sessionState'], t.session['state'], 'sessionState')
    },
  },
  {
    name: 'request: broken JSON is refused with a problem document',
    run: async (t) => {
      const response = await t.post('{"using": [')
      equal(response.status, 400, 'status')
      assert(
        String(((await response.json()) as Json)['type']).startsWith('urn:ietf:params:jmap:error:not'),
        'type notJSON or notRequest',
      )
    },
  },
  {
    name: 'request: an unknown capability is refused with unknownCapability',
    run: async (t) => {
      const response = await t.post({ using: [CORE, 'urn:example:nothing'], methodCalls: [['Core/echo', {}, 'e']] })
      equal(response.status, 400, 'status')
      equal(((await response.json()) as Json)['type'], 'urn:ietf:params:jmap:error:unknownCapability', 'type')
    },
  },
  {
    name: 'request: more calls than maxCallsInRequest are refused, naming the limit',
    run: async (t) => {
      const max = limitsOf(t.session)['maxCallsInRequest'] ?? 0
      const response = await t.post({
        using: [CORE],
        methodCalls: Array.from({ length: max + 1 }, (_, i) => ['Core/echo', {}, String(i)]),
      })
      equal(response.status, 400, 'status')
      equal(((await response.json()) as Json)['limit'], 'maxCallsInRequest', 'limit')
    },
  },
  {
    name: 'request: more ids than maxObjectsInGet are refused',
    run: async (t) => {
      const max = limitsOf(t.session)['maxObjectsInGet'] ?? 0
      const ids = Array.from({ length: max + 1 }, (_, i) => `x${String(i)}`)
      const response = await t.post({
        using: [CORE, MAIL],
        methodCalls: [['Email/get', { accountId: t.accountId, ids }, '0']],
      })
      if (response.status === 400) {
        equal(((await response.json()) as Json)['type'], 'urn:ietf:params:jmap:error:limit', 'type')
        return
      }
      const [first] = ((await response.json()) as { methodResponses: [string, Json][] }).methodResponses
      equal([first?.[0], first?.[1]['type']], ['error', 'requestTooLarge'], 'response')
    },
  },
  {
    name: 'request: an unknown method is a method error; the calls around it succeed',
    run: async (t) => {
      const answers = await t.calls([
        ['Core/echo', { a: 1 }, '0'],
        ['Nothing/get', {}, '1'],
        ['Core/echo', { b: 2 }, '2'],
      ])
      equal(
        answers.map(([name, args]) => (name === 'error' ? args['type'] : name)),
        ['Core/echo', 'unknownMethod', 'Core/echo'],
        'answers',
      )
    },
  },
  {
    name: 'request: a reference to a result that is not there is invalidResultReference',
    run: async (t) => {
      const [first] = await t.calls([
        ['Email/get', { '#ids': { resultOf: 'none', name: 'Email/query', path: '/ids' } }, '0'],
      ])
      equal(first?.[1]['type'], 'invalidResultReference', 'type')
    },
  },
  {
    name: 'request: an argument and its reference together are invalidArguments',
    run: async (t) => {
      const answers = await t.calls([
        ['Mailbox/get', { ids: [] }, 'm'],
        ['Email/get', { ids: [], '#ids': { resultOf: 'm', name: 'Mailbox/get', path: '/list/*/id' } }, '0'],
      ])
      equal(answers[1]?.[1]['type'], 'invalidArguments', 'type')
    },
  },
  {
    name: 'request: a foreign account is refused',
    run: async (t) => {
      const error = await t.errorOf('Mailbox/get', { accountId: 'no-such-account', ids: [] })
      assert(error === 'accountNotFound' || error === 'forbidden', `accountNotFound or forbidden, got ${String(error)}`)
    },
  },
]
