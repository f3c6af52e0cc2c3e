/** Two drafts that Mara has not sent yet. */
import type { Conversation } from '../letter.ts'
import type { Moments } from '../moments.ts'
import { friends, mara, world } from '../people.ts'

export function unfinishedConversations(moments: Moments): Conversation[] {
  return [
    draft('draft-misaki', moments.ago(0, 4, 50), {
      to: [world.misaki],
      subject: 'Re: 来週の打ち合わせについて',
      text: '佐藤様\n\nお世話になっております。木曜日の午後三時で問題ございません。\n\n',
    }),
    draft('draft-crane', moments.ago(2, 6), {
      to: [friends.jonas],
      subject: 'Crane house: a proposal',
      text: 'Jonas,\n\nI have thought about the roof again, and about who will pay for it.\n\n- keep the beams\n- \n',
    }),
  ]
}

function draft(key: string, at: number, letter: { to: (typeof mara)[]; subject: string; text: string }): Conversation {
  return { key, notes: [{ at, place: 'drafts', write: () => ({ from: mara, ...letter }) }] }
}
