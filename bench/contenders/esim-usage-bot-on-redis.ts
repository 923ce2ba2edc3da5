/** The same bot with its store on Redis, whose clock follows the calendar too. */
import './control.ts';
import './redis-clock.ts';

await import('./esim-usage-bot.ts');
