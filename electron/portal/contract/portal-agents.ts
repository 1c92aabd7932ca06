import { Agent as HttpAgent } from 'node:http';
import { Agent as HttpsAgent } from 'node:https';
import { Socket } from 'node:net';
import tls, { TLSSocket } from 'node:tls';
import { connectTimeoutCode } from './to-safe-error.ts';

/**
 * How long an unused connection is kept, in milliseconds. Far below what servers allow (5 s and more), because a request that goes
 * out on a connection the other side is just closing ends in doubt; a queue being drained reuses it within a few milliseconds.
 */
const keptMs = 2_000;

function limitConnect<T extends HttpAgent>(agent: T, connectMs: number): T {
  const open = agent.createConnection.bind(agent);
  agent.createConnection = (options, callback) => {
    const socket = open(options, callback);
    if (!(socket instanceof Socket)) return socket;
    const timer = setTimeout(
      () => socket.destroy(Object.assign(new Error(connectTimeoutCode), { code: connectTimeoutCode })),
      connectMs,
    );
    const clear = (): void => clearTimeout(timer);
    // No byte of a request leaves before this event: a timer that fires means certainly not sent.
    socket.once(socket instanceof TLSSocket ? 'secureConnect' : 'connect', clear).once('close', clear);
    return socket;
  };
  return agent;
}

/**
 * What the runtime trusts and what this system trusts beside it: a workshop behind its own certificate authority has it there.
 * Undefined, so that the runtime's own list holds, where the runtime cannot ask the system (Node before 22.15).
 */
function trustedCertificates(): string[] | undefined {
  return Reflect.has(tls, 'getCACertificates')
    ? [...new Set([...tls.getCACertificates('default'), ...tls.getCACertificates('system')])]
    : undefined;
}

/** Connections to the portal: reused while a queue drains, given up on when not made within `connectMs`. */
export function portalAgents(connectMs: number): {
  readonly httpAgent: HttpAgent;
  readonly httpsAgent: HttpsAgent;
} {
  const options = { keepAlive: true, maxSockets: 4, maxFreeSockets: 2, timeout: keptMs };
  const ca = trustedCertificates();
  return {
    httpAgent: limitConnect(new HttpAgent(options), connectMs),
    httpsAgent: limitConnect(new HttpsAgent(ca === undefined ? options : { ...options, ca }), connectMs),
  };
}
