import { Fragment, type ReactNode } from 'react';
import { identifierGroups } from '../../shared/domain/identifier-groups.ts';

/** A number to read aloud: drawn in groups with gaps of style, so that selecting and copying gives the text itself. */
export function Identifier({
  text,
  large = false,
}: {
  readonly text: string;
  readonly large?: boolean;
}): ReactNode {
  const groups = identifierGroups(text);
  return (
    <span className={large ? 'identifier large' : 'identifier'}>
      {groups.map((group, index) => (
        <Fragment key={`${index}:${group}`}>
          <span>{group}</span>
          {groups.length > 4 ? <wbr /> : null}
        </Fragment>
      ))}
    </span>
  );
}
