package io.belfry.localstack.process;

/** A process seen through another type: everything is done by the one it is given. */
public abstract class ForwardingProcess implements ControlledProcess {

    private final ControlledProcess process;

    protected ForwardingProcess(ControlledProcess process) {
        this.process = process;
    }

    @Override
    public final String name() {
        return process.name();
    }

    @Override
    public void start() {
        process.start();
    }

    @Override
    public final void stop() {
        process.stop();
    }

    @Override
    public final void kill() {
        process.kill();
    }

    @Override
    public final void suspend() {
        process.suspend();
    }

    @Override
    public final void resume() {
        process.resume();
    }

    @Override
    public final boolean isRunning() {
        return process.isRunning();
    }
}
