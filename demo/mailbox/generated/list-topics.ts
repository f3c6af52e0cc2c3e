/** What is discussed on the mailing lists that Mara reads. */
import type { Person } from '../letter.ts'
import { developers, friends } from '../people.ts'

export interface MailingList {
  readonly id: string
  readonly address: Person
  readonly prefix: string
  readonly people: readonly Person[]
  readonly subjects: readonly string[]
  readonly lines: readonly string[]
  readonly patches: readonly string[]
}

export const mailingLists: readonly MailingList[] = [
  {
    id: 'harbor-dev.lists.forge.example',
    address: { name: 'harbor development', email: 'harbor-dev@lists.forge.example' },
    prefix: '[harbor-dev] ',
    people: Object.values(developers),
    subjects: [
      'RFC: bounded queues for slow relays',
      '[PATCH {n}/7] queue: keep the hint of the server',
      'Release 2.{n} in two weeks',
      'What do we do about half-closed connections?',
      'Flaky test in the spool reader',
      'Dropping support for the old journal format',
    ],
    lines: [
      'I have measured this on three machines: the new path costs {n} µs per message and saves one fsync, which is where all the time went.',
      'The invariant is simple, and I would like to keep it so: a message is in exactly one queue, and whoever moves it writes the journal first.',
      'Could we make this an error instead of a warning? Nobody reads warnings, and those who do have already fixed it.',
      'The half-closed case is not theoretical. We see about {n} of them a day, all from one middlebox that means well.',
      'I am against a new option. If we cannot choose a good value, the person who reads the manual at night cannot either.',
      'The test waits for a fixed time and hopes. I have replaced the hope by an event, and it has now passed {n}00 times.',
    ],
    patches: [
      'diff --git a/src/queue.c b/src/queue.c\n--- a/src/queue.c\n+++ b/src/queue.c\n@@ -118,7 +118,9 @@ static int retry_after(struct relay *r)\n-\tif (parse_seconds(hint, &delay) < 0)\n-\t\treturn DEFAULT_DELAY;\n+\tif (parse_seconds(hint, &delay) < 0 &&\n+\t    parse_date(hint, r->now, &delay) < 0)\n+\t\treturn DEFAULT_DELAY;\n \treturn clamp(delay, 1, MAX_DELAY);\n',
      'diff --git a/tests/spool.t b/tests/spool.t\n--- a/tests/spool.t\n+++ b/tests/spool.t\n@@ -40,4 +40,4 @@ start_reader\n-sleep 2\n+wait_for_event reader.idle\n is $(spool_count) 0 "spool is empty"\n',
    ],
  },
  {
    id: 'quayside.neighbours.example',
    address: { name: 'Quayside neighbours', email: 'all@neighbours.example' },
    prefix: '[Quayside] ',
    people: [
      friends.dorothy,
      friends.owen,
      { name: 'Amira Haddad', email: 'amira@quay.example' },
      { name: 'Leif Strand', email: 'leif@quay.example' },
    ],
    subjects: [
      'Found: one grey cat, very calm',
      'Water is off on {day}',
      'Ladder needed for an hour',
      'Street party, who has tables?',
      'Bicycle without owner at number {n}',
    ],
    lines: [
      'She sits on the steps of number {n} and lets herself be admired. No collar, good manners.',
      'The works say from {time} until noon. Fill your kettles, or come to us, we have a well and biscuits.',
      'I need a ladder of at least {n} rungs. It will be returned clean and with a jar of something.',
      'The bicycle has stood there since {day}. It is green, it squeaks, and it looks sad.',
      'We have four tables and twelve chairs. Who brings the music, and who will turn it off?',
    ],
    patches: [],
  },
  {
    id: 'letterpress.guild.example',
    address: { name: 'Letterpress guild', email: 'guild@letterpress.example' },
    prefix: '',
    people: [
      friends.beatriz,
      { name: 'Hugo Stein', email: 'hugo@letterpress.example' },
      { name: 'Mei Lin', email: 'mei@letterpress.example' },
    ],
    subjects: [
      'Cleaning a case of old brass rule',
      'Ink that skins over',
      'Paper for small cards',
      'Meeting on {day}',
      'For sale: a proof press, {n} kg',
    ],
    lines: [
      'Paraffin and a soft brush, and then patience. Do not let anyone tell you about vinegar.',
      'The press weighs {n} kg and lives on the second floor. The price includes advice, not muscles.',
      'I damp the paper the evening before and put it under glass. It takes the ink as if it had been waiting for it.',
      'We meet at {time} in the cellar. Bring an apron and one thing that you printed and do not like.',
    ],
    patches: [],
  },
]
