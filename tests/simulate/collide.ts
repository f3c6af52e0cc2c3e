/**
 * Several things at once, on the same messages: a window whose answer is long on its way, what the reader does and the
 * server does not take yet, another leader, other clients, threads that become one.
 */
import type { MailAccount } from '../../demo/server/jmap-server.ts'
import type { MailboxId } from '../../src/jmap/types.ts'
import type { OtherClients } from '../converge/other-clients.ts'
import type { VirtualClock } from '../support/virtual-clock.ts'
import type { Device } from './device.ts'
import type { Seat, User } from './user.ts'
import type { Wire } from './wire.ts'

export interface Colliding {
  readonly account: MailAccount
  readonly clock: VirtualClock
  readonly others: OtherClients
  readonly user: User
  readonly wire: Wire
}

/** Longer than a leader has time to answer a ping. */
const STOLEN_MS = 1_600

export async function collide(world: Colliding, seat: Seat): Promise<string> {
  const { account, clock, others, user, wire } = world
  const { device, dice } = seat
  const inbox = account.mailboxByRole('inbox')?.id
  const mailboxId = (dice.chance(0.6) ? inbox : dice.pick([...account.mailboxes.keys()])) as MailboxId
  const said: string[] = []
  if (dice.chance(0.7)) {
    wire.arm(device.name, { fault: { kind: 'delay', ms: dice.pick([400, 2_500]) ?? 400 }, waitsFor: 'window' })
    said.push(`held ${user.window(seat, mailboxId, 0)}`)
    await clock.advance(100)
  }
  if (dice.chance(0.4)) {
    const type = dice.pick(['rateLimit', 'serverUnavailable', 'forbidden']) ?? 'rateLimit'
    wire.arm(device.name, { fault: { kind: 'refused', type, part: 0.8, roll: dice.below(1e9) }, waitsFor: 'set' })
    said.push(`${type} for ${await user.act(seat, mailboxId)}`)
    await clock.advance(50)
  }
  const isStolen = dice.chance(0.3)
  if (isStolen) said.push(await stealLock(world, seat))
  else if (dice.chance(0.15)) said.push(endLeader(device))
  said.push(others.actIn(mailboxId))
  await clock.advance(dice.pick([300, 1_000, 2_500]) ?? 300)
  if (isStolen && dice.chance(0.7)) {
    device.thaw()
    said.push('it goes on')
  }
  return said.join('; ')
}

/** The leader stands still, and another tab finds out. */
async function stealLock({ clock, user }: Colliding, { device, dice }: Seat): Promise<string> {
  const { leader } = device
  if (!leader || leader.life.isFrozen) return 'nobody leads'
  // Its answers may still reach it.
  await clock.advance(dice.pick([0, 400]) ?? 0)
  leader.life.freeze()
  const thief = dice.pick(device.usable) ?? device.open()
  await clock.advance(dice.pick([0, 2_000]) ?? 0)
  user.ask(device, thief, 'refresh')
  await clock.advance(STOLEN_MS)
  return `${thief.name} steals from ${leader.name}`
}

function endLeader(device: Device): string {
  const { leader } = device
  if (!leader) return 'nobody leads'
  leader.life.end()
  if (device.usable.length === 0) device.open()
  return `${leader.name} dies`
}
