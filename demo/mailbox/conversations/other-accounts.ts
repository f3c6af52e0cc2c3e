/** The rowing club's account, which Mara may use, and Tomas's own. */
import type { Conversation, Letter, Person } from '../letter.ts'
import { dayName, type Moments } from '../moments.ts'
import { lena, mara, rowing, tomas } from '../people.ts'

export interface OtherAccounts {
  readonly club: readonly Conversation[]
  readonly tomas: readonly Conversation[]
}

export function otherAccounts(moments: Moments): OtherAccounts {
  const { coach, cox, club } = rowing
  const race = dayName(moments.weekday(0, 9))
  const members: Person = { name: 'Rowing club', email: club.email }
  const inbox: readonly (readonly [string, Person, string, string, number, boolean])[] = [
    [
      'ice',
      coach,
      'Ice on the slipway',
      'Please use the north ramp until it thaws. The south one is for penguins.\n\nSigne',
      0.3,
      true,
    ],
    [
      'boat',
      cox,
      'The double has a new rudder line',
      'It is tighter than before. Do not pull, think.\n\nMads',
      1.4,
      true,
    ],
    [
      'guest',
      { name: 'Ulla Frost', email: 'ulla@frost.example' },
      'Trying it once?',
      'Hello, I have never rowed and I am 61. Is there a boat for that?\n\nUlla',
      2.2,
      true,
    ],
    [
      'hall',
      coach,
      'Ergometers on Tuesdays',
      'The hall is ours from 18:30. Bring a towel, take it home again.\n\nSigne',
      5,
      false,
    ],
    [
      'fees',
      members,
      'Fees for next year',
      'They stay as they are, because the roof did not cost what we feared.',
      9,
      false,
    ],
    [
      'oars',
      cox,
      'Six oars varnished',
      'Two more to go. Whoever leans them against the wall again will row with them.\n\nMads',
      15,
      false,
    ],
  ]
  const calendar: readonly (readonly [string, string, number])[] = [
    ['Advent row', `We start on ${race} at ten, from the club. Lights on every boat.`, 4],
    ['Spring regatta: call for entries', 'Entries until the end of February. Mixed eights are new.', 30],
    ['Results of the harbour sprint', 'Third, fifth, and one boat that stopped to rescue a hat.', 60],
  ]
  return {
    club: [
      ...inbox.map(([key, from, subject, text, age, isUnread]): Conversation => {
        const letter: Letter = { from, to: [members], subject, text: `${text}\n` }
        return { key: `club-${key}`, notes: [{ at: moments.ago(age), place: 'inbox', isUnread, write: () => letter }] }
      }),
      ...calendar.map(([subject, text, age], index): Conversation => {
        const letter: Letter = { from: coach, to: [members], subject, text: `${text}\n\nSigne\n` }
        return {
          key: `club-race-${index}`,
          notes: [{ at: moments.ago(age), place: { folder: 'Race calendar' }, write: () => letter }],
        }
      }),
    ],
    tomas: [
      {
        key: 'tomas-welcome',
        notes: [
          {
            at: moments.ago(9),
            place: 'inbox',
            write: () => ({
              from: lena,
              to: [tomas],
              subject: 'Projector?',
              text: 'Do you still have the one with the good lamp?\n\nLena\n',
            }),
          },
          {
            at: moments.ago(0, 2),
            place: 'inbox',
            isUnread: true,
            write: () => ({
              from: mara,
              to: [tomas],
              subject: 'Extension leads',
              text: 'Please count them this time.\n\nMara\n',
            }),
          },
        ],
      },
    ],
  }
}
