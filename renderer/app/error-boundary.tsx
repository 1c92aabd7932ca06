import { Component, type ReactNode } from 'react';
import { appError } from '../../shared/domain/app-error.ts';
import { ErrorNotice } from '../features/error-notice.tsx';

type Props = { readonly children: ReactNode };

/** A fault of a screen stays in that screen: the rail still works, and what was stored is untouched. `key` starts it afresh. */
export class ErrorBoundary extends Component<Props, { readonly broken: boolean }> {
  override state = { broken: false };

  static getDerivedStateFromError(): { broken: boolean } {
    return { broken: true };
  }

  override render(): ReactNode {
    return this.state.broken ? <ErrorNotice error={appError('E_UNEXPECTED')} /> : this.props.children;
  }
}
