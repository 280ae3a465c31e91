import { namespace } from 'pgintent'

namespace('app')
