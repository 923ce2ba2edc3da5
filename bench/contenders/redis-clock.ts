/**
 * Redis goes by the machine's clock, which nobody turns. Where a script of the bot asks for that clock, it is told here what the calendar
 * shows; nothing else in it is changed. The lives of what Redis keeps are shortened by the bench, see `arena-store.ts`.
 */
import { Redis } from 'ioredis';
import { aheadMs } from '../calendar.ts';

/** The one form in which the bot's scripts ask. */
const ASKED = `redis.call('TIME')`;

const send = Redis.prototype.sendCommand;
Redis.prototype.sendCommand = function (command, stream) {
  const [script] = command.args;
  if (command.name === 'eval' && typeof script === 'string')
    command.args[0] = script.replaceAll(ASKED, shownTime(aheadMs()));
  return send.call(this, command, stream);
};

/** Seconds and microseconds, as `TIME` has them. */
function shownTime(turnedByMs: number): string {
  return `(function()
    local time = redis.call('TIME')
    local now = time[1] * 1000 + math.floor(time[2] / 1000) + ${Math.round(turnedByMs)}
    return {math.floor(now / 1000), now % 1000 * 1000}
  end)()`;
}
