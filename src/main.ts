import { bootstrap } from './app/bootstrap.ts'
import './ui/shared/tokens.css'
import './ui/shared/base.css'
import './ui/shared/controls.css'

const target = document.getElementById('app')
if (target) bootstrap(window, target)
