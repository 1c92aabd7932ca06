import type { ReactNode } from 'react';
import { displayName } from '../../shared/domain/display-name.ts';

/** A name from disk: unseen characters shown as codes, its direction kept to itself. */
export function FileName({ name }: { readonly name: string }): ReactNode {
  return <bdi className="file-name mono">{displayName(name)}</bdi>;
}
