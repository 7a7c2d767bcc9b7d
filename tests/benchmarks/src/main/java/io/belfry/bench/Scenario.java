package io.belfry.bench;

/** A job that is given to Belfry, to a floor and to peers. */
public interface Scenario {

    /** By which it is asked for: {@code S1}. */
    String name();

    /** Its name and what it is. */
    String title();

    void run(Bench bench) throws Exception;
}
