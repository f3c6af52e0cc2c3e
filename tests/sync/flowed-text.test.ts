import { afterEach, beforeEach, expect, test } from 'vitest'
import type { EmailId } from '../../src/jmap/types.ts'
import { EngineBench } from '../support/engine-bench.ts'

let bench: EngineBench
beforeEach(async () => {
  bench = await EngineBench.create()
})
afterEach(() => bench.close())

function deliver(contentType: string): EmailId {
  const raw = [
    'From: Ada <ada@example.test>',
    'Subject: Flowed',
    `Message-ID: <${String(bench.account.emails.size)}@example.test>`,
    `Content-Type: ${contentType}`,
    '',
    'One line \r\nof two.',
  ].join('\r\n')
  const inbox = bench.mailboxId('inbox')
  return bench.account.deliver(raw, { mailboxIds: [inbox], receivedAt: bench.clock.now() - 60_000 }).id as EmailId
}

/** How often the header of parts was asked for. */
const asked = (): number => bench.client.seen.filter(({ calls }) => calls.some(([, args]) => asksHeader(args))).length
const asksHeader = (args: Record<string, unknown>): boolean =>
  (args['bodyProperties'] as string[] | undefined)?.includes('header:Content-Type') === true

async function flowOf(id: EmailId): Promise<unknown> {
  await Promise.all([bench.engine.fetchBodies([id]), bench.clock.advance(1_000)])
  return (await bench.replica.body(id))?.textBody[0]?.flow
}

test('whether lines may be joined comes with the body', async () => {
  const flowed = deliver('text/plain; charset=utf-8;\r\n format="Flowed"; DelSp=yes')
  const fixed = deliver('text/plain; charset=utf-8; format=fixed')
  const spaced = deliver('text/plain; format=flowed')
  await bench.startAndSettle()
  expect(await flowOf(flowed)).toEqual({ flowed: true, delSp: true })
  expect(await flowOf(spaced)).toEqual({ flowed: true, delSp: false })
  expect(await flowOf(fixed)).toBeUndefined()
})

test('a server that gives no header of a part is asked for one once, and its bodies come without', async () => {
  const ids = [deliver('text/plain; format=flowed'), deliver('text/plain; format=flowed')]
  bench.client.refuses = (_name, args) => (asksHeader(args) ? 'invalidArguments' : undefined)
  await bench.startAndSettle()
  for (const id of ids) {
    expect(await flowOf(id)).toBeUndefined()
    expect((await bench.replica.body(id))?.bodyValues).not.toEqual({})
  }
  expect(asked()).toBe(1)
})
