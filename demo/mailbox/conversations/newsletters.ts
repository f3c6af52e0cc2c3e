/** The newsletter of the pictures; the others come from `generated/`. */
import type { Conversation } from '../letter.ts'
import type { Moments } from '../moments.ts'
import { letters } from '../people.ts'
import { taken } from '../taken.ts'
import { lightLetter } from '../templates/newsletters.ts'

export function newsletterConversations(moments: Moments): Conversation[] {
  const lead =
    'the bed by the south wall has gone quiet, and that is how it should be. This week: what to leave standing until March, three shrubs that flower in January, and a letter from Anneke about her winter leeks.'
  return [
    {
      key: 'slow-112',
      notes: [
        {
          at: moments.ago(1, 7, 10),
          place: 'inbox',
          isUnread: true,
          write: () => ({
            from: letters.slow,
            to: [{ name: '', email: 'slow@lindqvist.example' }],
            subject: 'No. 112: A small garden in the dark months',
            text:
              'This week: what to leave standing, three shrubs that flower in January, and a reader who grows leeks in the snow.\n\n' +
              `Dear reader,\n\n${lead}\n\nRead it on the web: https://slowletter.example/112\n`,
            html: lightLetter({
              brand: letters.slow.name,
              host: 'slowletter.example',
              number: 112,
              title: 'A small garden in the dark months',
              lead,
              items: [
                [
                  'Leave it standing',
                  'Seed heads feed the finches and hold the frost. Cut nothing that still has a shape; the snow will tell you what was worth keeping.',
                ],
                [
                  'Three that flower in January',
                  'Witch hazel for the scent, winter honeysuckle for the bees that come out too early, and mahonia for those who have room to be scratched.',
                ],
                [
                  'Anneke’s leeks',
                  'She earths them up twice, in September and again before the first hard night, and pulls them with a fork until the end of February.',
                ],
                ['Tools', 'Oil the handles now. It takes an evening, a rag, and one film that you have seen before.'],
              ],
            }),
            headers: [
              ...taken('slowletter.example'),
              ['Reply-To', 'hello@slowletter.example'],
              ['List-Id', '<slow.slowletter.example>'],
              ['List-Unsubscribe', '<https://slowletter.example/unsubscribe?u=mara>'],
              ['List-Unsubscribe-Post', 'List-Unsubscribe=One-Click'],
            ],
          }),
        },
      ],
    },
  ]
}
