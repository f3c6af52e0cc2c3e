/** Until when mail is to sleep: loaded with the question. */
export const snooze = {
  title: (what: string) => `Snooze ${what}`,
  times: {
    laterToday: 'Later today',
    thisEvening: 'This evening',
    tomorrow: 'Tomorrow',
    thisWeekend: 'This weekend',
    nextWeek: 'Next week',
  },
  pick: 'Another day and time',
  go: 'Snooze',
  isOver: 'Choose an hour that is still to come.',
  wake: 'Bring back now',
  asleepUntil: (hour: string) => `Snoozed until ${hour}`,
  hint: 'It comes back to the Inbox, unread, when Postern is next open after that hour, on any of your devices.',
}
