import { namespace } from 'pgintent'

namespace('public')
