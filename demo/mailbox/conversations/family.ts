/** The conversations with family and neighbours that stand at the top of the Inbox. */
import { hallJpeg, roofJpeg } from '../files/pictures.ts'
import { makePdfOfSize } from '../files/pdf.ts'
import type { Conversation, Letter, Note } from '../letter.ts'
import { dayName, type Moments } from '../moments.ts'
import { friends, lena, mara, services, tomas } from '../people.ts'
import { paragraphs, replyText } from '../quoting.ts'

export function familyConversations(moments: Moments): Conversation[] {
  return [grandma(moments), boatShed(moments), choir(moments), council(moments)]
}

function grandma(moments: Moments): Conversation {
  const party = dayName(moments.weekday(6, 18))
  const subject = 'Grandma’s 80th: who brings what'
  const first =
    `The hall is ours on ${party}. Now we only need to share out the work before everybody buys the same cake.\n\n` +
    'Could each of you say what you can bring? I will keep the list.\n\nMara\n'
  const second =
    'Benches, projector and every extension lead I own. I am not baking, for everyone’s sake.\n\n' +
    'Who drives her there? She must not see the hall before three.\n\nTomas\n'
  const third = 'Agreed, and noted. Lena, would you ask about the tablecloths?\n\nMara\n'
  const seats = [
    'Table 1: Grandma, Lena, Tomas, Mara, Aunt Britt',
    'Table 2: the Ekhult side',
    'Table 3: the choir',
    'Table 4: children',
  ]
  const last = [
    'Hello you two,',
    'I rang the parish hall this morning. We can have the room from ten, and they lend us the tablecloths for nothing as long as we bring them back washed. So here is the list as it stands:',
    '- Lemon cake and the big coffee urn: me\n- Benches, projector, extension leads: Tomas\n- Photos from the old albums: Mara, if you still have the scans',
    'She has asked twice now whether this is going to be “a small thing”. I said yes. Please keep a straight face on Sunday.',
    'The seating plan is attached. Tell me if I have forgotten anyone from the Ekhult side.',
    'Lena',
  ]
  const items = last[2]?.split('\n').map((item) => `<li>${item.slice(2)}</li>`)
  const html = last
    .map((part, index) => (index === 2 ? `<ul>${items?.join('') ?? ''}</ul>` : paragraphs(part)))
    .join('\n')
  const times = [moments.ago(1, 20, 36), moments.ago(1, 18, 9), moments.ago(1, 3, 25), moments.ago(0, 0, 8)] as const
  const secondText = replyText(second, { from: mara, at: times[0], text: first })
  return {
    key: 'grandma-80',
    notes: [
      sent(times[0], () => ({ from: mara, to: [lena, tomas], subject, text: first })),
      received(times[1], () => ({ from: tomas, to: [mara], cc: [lena], subject: `Re: ${subject}`, text: secondText })),
      sent(times[2], () => ({
        from: mara,
        to: [tomas, lena],
        subject: `Re: ${subject}`,
        text: replyText(third, { from: tomas, at: times[1], text: secondText }),
      })),
      received(times[3], () => ({
        from: lena,
        to: [mara, tomas],
        subject: `Re: ${subject}`,
        text: `${last.join('\n\n')}\n`,
        html: `<div style="font-family:Helvetica,Arial,sans-serif;font-size:15px">${html}</div>`,
        files: [
          {
            name: 'Seating plan.pdf',
            type: 'application/pdf',
            bytes: () => makePdfOfSize('Seating plan', seats, 188_416),
          },
          { name: 'hall-from-the-door.jpg', type: 'image/jpeg', bytes: hallJpeg },
        ],
      })),
    ],
  }
}

function boatShed(moments: Moments): Conversation {
  const subject = 'Boat shed roof'
  const first =
    'Tin or felt for the shed? The felt is cheaper, but I do not want to climb up there again in six years.\n\nMara\n'
  const second =
    'Tin it is, then. The yard has the long sheets until the end of the month at the old price.\n\n' +
    'Here is what the rafters look like from below. The third one from the door needs a brother.\n\nRasmus\n'
  const times = [moments.ago(4, 22), moments.ago(4, 3, 12)] as const
  return {
    key: 'boat-shed',
    notes: [
      sent(times[0], () => ({ from: mara, to: [friends.rasmus], subject, text: first })),
      received(times[1], () => ({
        from: friends.rasmus,
        to: [mara],
        subject: `Re: ${subject}`,
        html: `${paragraphs(second)}<p><img src="cid:rafters@boatyard.example" width="400" height="304" alt="Rafters of the boat shed, seen from below"></p>`,
        files: [{ name: 'rafters.jpg', type: 'image/jpeg', bytes: roofJpeg, cid: 'rafters@boatyard.example' }],
      })),
    ],
  }
}

function choir(moments: Moments): Conversation {
  const text =
    'Dear altos and everybody else,\n\n' +
    'The alto part has changed on page three, so please print the new one before Tuesday. The basses may keep theirs: nothing has happened to them, as usual.\n\n' +
    'We sing at 18:00, so be there at 17:15 and bring a warm scarf. The church is heated from five o’clock and not a minute earlier.\n\n' +
    '-- \nKari Vik\nChoir, organ, and the key to both\n'
  return {
    key: 'choir-parts',
    notes: [
      received(moments.ago(5, 5, 20), () => ({
        from: friends.kari,
        to: [{ name: 'Choir', email: 'choir@vik.example' }],
        subject: 'Choir: parts for the advent concert',
        text,
        isFlowed: true,
        files: [
          {
            name: 'advent-alto.pdf',
            type: 'application/pdf',
            bytes: () => makePdfOfSize('Advent, alto', ['Page three is new.'], 61_000),
          },
        ],
      })),
    ],
  }
}

/** Seven short messages of several parents. */
function council(moments: Moments): Conversation {
  const subject = 'Minutes, and the dates until Christmas'
  const walk = dayName(moments.weekday(5, 10))
  const texts: readonly (readonly [string, string])[] = [
    [
      'Anneli Storm',
      `Thank you all for a short meeting. The lantern walk is on ${walk} at half past five, and the minutes are below.\n\n1. The school garden gets a fence.\n2. Nobody wants the bake sale. We do it anyway.\n3. Lost property leaves the building on the last day of term.`,
    ],
    ['Piotr Nowak', 'I can take the second shift at the bake sale, if somebody trades with me for the fence.'],
    ['Anneli Storm', 'Traded. You are a hero of the second shift.'],
    ['Fatima El Amrani', 'Yusuf has no lantern yet. Does anyone have a spare one that survived last year?'],
    ['Mara Lindqvist', 'We have three, one of them is a whale. He may choose on Friday.'],
    ['Fatima El Amrani', 'A whale! He has already chosen.'],
    ['Anneli Storm', 'Thank you all for a short meeting, and for keeping this thread shorter than the last one.'],
  ]
  let quoted: { from: typeof mara; at: number; text: string } | undefined
  const notes = texts.map(([name, own], index): Note => {
    const at = moments.ago(3, 30 - index * 4, 17 * index)
    const from =
      name === mara.name ? mara : { name, email: `${name.split(' ')[0]?.toLowerCase() ?? ''}@school4b.example` }
    const text = quoted === undefined ? own : replyText(own, quoted)
    quoted = { from, at, text }
    const letter: Letter = {
      from: index === 0 ? { name: services.council.name, email: services.council.email } : from,
      to: [{ name: 'Class 4b', email: services.council.email }],
      subject: index === 0 ? subject : `Re: ${subject}`,
      text: `${text}\n`,
      headers: [['List-Id', '<council.school4b.example>']],
    }
    return from === mara ? sent(at, () => letter) : received(at, () => letter)
  })
  return { key: 'council-minutes', notes }
}

function sent(at: number, write: () => Letter): Note {
  return { at, place: 'sent', write }
}

function received(at: number, write: () => Letter): Note {
  return { at, place: 'inbox', write }
}
