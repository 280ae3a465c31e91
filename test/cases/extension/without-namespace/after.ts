import { extension, namespace } from 'pgintent'

namespace('public')
extension('citext')
