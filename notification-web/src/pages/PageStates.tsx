interface PageFailureProps {
  readonly children: string;
  readonly retry: () => void;
}

export function PageLoading({ children }: { readonly children: string }) {
  return (
    <div role="status" aria-busy>
      <span className="belfry-visually-hidden">{children}</span>
      <div className="belfry-skeleton page__skeleton" />
      <div className="belfry-skeleton page__skeleton" />
    </div>
  );
}

export function PageFailure({ children, retry }: PageFailureProps) {
  return (
    <div className="belfry-alert" role="alert">
      <p>{children}</p>
      <button type="button" className="belfry-button" onClick={retry}>
        Try again
      </button>
    </div>
  );
}
