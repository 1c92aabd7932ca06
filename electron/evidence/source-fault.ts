import { AppFault } from '../../shared/domain/app-error.ts';
import { faultCode } from '../platform/fault-code.ts';

/** The disk's answer as something a person can be told, or the error itself when it is none of these. */
export function sourceFault(error: unknown): unknown {
  switch (faultCode(error)) {
    case 'EBUSY':
    case 'ETXTBSY':
    case 'EAGAIN':
      return new AppFault('evidence.locked');
    // UNKNOWN is what Node makes of a refusal of Windows it has no word for: a scanner's, a cloud drive's, a device's.
    case 'EPERM':
    case 'EACCES':
    case 'EIO':
    case 'UNKNOWN':
      return new AppFault('evidence.unreadable');
    case 'ENOENT':
    case 'ENOTDIR':
      return new AppFault('evidence.vanished');
    case 'ELOOP':
      return new AppFault('evidence.link');
    case 'ENXIO':
    case 'EISDIR':
    case 'ENODEV':
      return new AppFault('evidence.notAFile');
    case 'ENAMETOOLONG':
    case 'EINVAL':
    case 'ERR_INVALID_ARG_VALUE':
      return new AppFault('evidence.unreadable');
    default:
      return error;
  }
}

/** Runs work on our own folder: a refusal there is not the source's fault and must not be told as such. */
export async function onOwnDisk<T>(work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    const code = faultCode(error);
    if (['EPERM', 'EACCES', 'EROFS', 'ENOENT', 'ENOTDIR', 'EBUSY'].includes(code))
      throw new AppFault('store.readOnly', { detail: code });
    throw error;
  }
}
