import { bootstrap } from './app/bootstrap.ts'
import './ui/shared/tokens.css'
import './ui/shared/base.css'
import './ui/shared/controls.css'

const target = document.getElementById('app')
// What stands there already is the sentence of start-check.js: this browser is too old.
if (target && !target.firstChild) bootstrap(window, target)
