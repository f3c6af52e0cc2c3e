import { fileSize } from '../file-size.ts'
import { number, one } from '../numbers.ts'

/** The words of the page about what is kept on a device. */
export const storage = {
  mail: {
    label: 'Keep for offline',
    recent: 'Last 90 days',
    all: 'Everything',
    none: 'Nothing',
    hints: {
      recent: 'The last 90 days, and every letter you have opened.',
      all: 'Every message with its text. A large mailbox takes its time and its room.',
      none: 'A short list of the newest mail stays, so that Postern can start. A letter is fetched when you open it, and dropped some minutes after.',
    },
  },
  files: {
    label: 'Files of kept letters',
    hint: 'Pictures inside the text are kept in any case.',
    choice: (bytes: number) => (bytes === 0 ? 'None' : `Up to ${fileSize(bytes)}`),
  },
  here: 'On this device',
  rows: 'Lists',
  letters: 'Letters',
  attached: 'Files and pictures',
  messages: (count: number) => one(count, 'message', 'messages'),
  lettersOf: (count: number) => one(count, 'letter', 'letters'),
  filesOf: (count: number) => one(count, 'file', 'files'),
  counting: 'Counting',
  failed: 'It could not be counted.',
  keeping: (percent: number) => `Keeping older mail, ${number(percent)} %`,
  whole: 'All of it is here',
  waits: {
    saving: 'Waiting: this device saves data',
    metered: 'Waiting: this network may be paid by use',
    room: 'Waiting: there is no room for more',
  },
  goOn: 'Go on now',
  browser: 'All of Postern in this browser',
  browserOf: (usage: number, quota: number) => `${fileSize(usage)} of ${fileSize(quota)}`,
  persisted: 'The browser drops none of it by itself.',
  notPersisted: 'The browser may drop it when room gets short. What waits to be sent would go, too.',
  persist: 'Ask it not to',
  refused: 'The browser does not promise it. Installed apps are more likely to be granted it.',
  remove: 'Remove kept mail from this device',
  removeHint: 'Drafts and what waits to be sent stay. "Nothing" is chosen above, so that it does not come back.',
  removed: 'Kept mail is removed',
}
