/** What narrows a list: fetched when a hand or the focus comes near it, or with a list that is narrowed. */
export { default as ListChips } from './ListChips.svelte'
export { default as ListDoor } from './ListDoor.svelte'
