import { namespace } from 'pgintent'

const app = namespace('app')
namespace('other')
