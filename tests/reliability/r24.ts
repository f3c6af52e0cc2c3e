import { atMost, type Check, type Figure } from './check.ts'
import { Bed, move, setKeyword } from './bed.ts'

const CHANGES = 200
const DAY_MS = 86_400_000
const DAYS = 40
const TIMES = 4

export const R24: Check = {
  name: 'R24',
  about: 'offline 40 days with 200 changes, a fifth of their targets gone or moved',
  inProcess: run,
}

async function run(): Promise<readonly Figure[]> {
  const bed = await Bed.create({ messages: 260 })
  const { line, account, device } = bed
  line.offline.add(device.name)
  const emails = (await bed.known()).slice(0, CHANGES)
  const [inbox, archive, trash] = ['inbox', 'archive', 'trash'].map((role) => bed.mailboxId(role))
  if (!inbox || !archive || !trash) throw new Error('a mailbox is missing')
  for (const [index, email] of emails.entries()) {
    await bed.act(index % 2 === 0 ? setKeyword([email], '$flagged') : move([email], inbox, archive))
    if (index % (CHANGES / TIMES) === CHANGES / TIMES - 1) await away(bed)
  }
  const gone = new Set<string>()
  for (const [index, { id }] of emails.entries()) {
    if (index % 5 !== 0) continue
    const email = account.living(id)
    if (index % 10 === 0) {
      account.destroy(email.id)
      gone.add(id)
    } else account.update(email, email.keywords, new Set([trash]))
  }
  // A server remembers changes for a while.
  account.forgetChanges()
  line.offline.clear()
  await bed.quiet()
  const listed = new Set(
    (await bed.failed()).flatMap(({ mutation }) => ('emailIds' in mutation ? mutation.emailIds : [])) as string[],
  )
  let [missing, valid] = [0, 0]
  for (const [index, { id }] of emails.entries()) {
    if (gone.has(id)) continue
    const email = account.living(id)
    valid += 1
    if (!(index % 2 === 0 ? email.keywords.has('$flagged') : email.mailboxIds.has(archive))) missing += 1
  }
  const dropped = [...gone].filter((id) => !listed.has(id))
  const told = bed.told.length
  const [lost, diverged] = [await bed.lost(), await bed.diverged()]
  bed.close()
  return [
    atMost('valid ones not applied', missing, 0, `${String(valid)} valid`),
    atMost('dropped silently', dropped.length, 0, `${String(gone.size)} of letters that are gone`),
    atMost('messages to the user', told, 1),
    atMost('lost', lost.length, 0, lost[0]),
    atMost('diverged', diverged.length, 0, diverged[0]),
  ]
}

/** The app is closed for days, and opened again without a network. */
async function away(bed: Bed): Promise<void> {
  bed.shut(bed.device)
  await bed.clock.advance((DAYS / TIMES) * DAY_MS)
  bed.open(bed.device)
  await bed.clock.advance(5_000)
}
