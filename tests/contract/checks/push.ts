/** RFC 8620 §7.3; a server without an event stream answers 204, 404 or 501, and the client polls. */
import type { Check } from '../check.ts'
import { assert } from '../target.ts'

export const push: readonly Check[] = [
  {
    name: 'event source: a change is told within two seconds, or there is no stream',
    run: async (t) => {
      const url = String(t.session['eventSourceUrl'])
        .replace('{types}', '*')
        .replace('{closeafter}', 'state')
        .replace('{ping}', '30')
      const abort = new AbortController()
      const response = await t.http(url, { headers: { Accept: 'text/event-stream' }, signal: abort.signal })
      if ([204, 404, 405, 501].includes(response.status)) return
      assert(response.status === 200 && response.body, `status ${String(response.status)}`)
      const timer = setTimeout(() => abort.abort(), 2000)
      await t.importMail({ subject: 'Push' })
      let text = ''
      const decoder = new TextDecoder()
      try {
        for await (const chunk of response.body) {
          text += decoder.decode(chunk, { stream: true })
          if (text.includes('event: state') && text.includes('StateChange')) break
        }
      } catch {
        // Aborted by the timer: the assertion below says what is missing.
      }
      clearTimeout(timer)
      abort.abort()
      assert(text.includes('StateChange') && text.includes(t.accountId), 'a StateChange of the account')
    },
  },
]
