"""Engines: the same questions answered for one child, for many at once, or on a cluster.

`one_child` is plain Python: a function for each verb, evidence included. It serves, and says what
every other engine must say to the last bit.

The compiled engine answers the same by a program. Read it in this order:

1. `program` says what a program is: tables of steps (conditions on rows, selections of rows, values
   made of selections, gaps taken back), and the streams of rows that they work on.
2. `plan` turns questions into a program in which no step is taken twice (`plan_rows` and
   `plan_values` know the verbs); it lists the streams and fields that have to be made ready.
3. `columns` and `batch_tables` turn a case file into numbers, and `attaching` finds each child's
   rows and those that its links show: the streams of some thousand children.
4. `kernel` runs a program over streams, a step at a time for a block of pairs of child and cutoff:
   `kernel_conditions`, `kernel_rows` (rows are bits), `kernel_values` with the verbs in
   `kernel_walks` and `kernel_verbs`, and `kernel_gaps`. `compiled` is the one door to numba.
5. `batch` does all of this for many children on all cores; `one_history` and `laying_out` make a
   single child ready for the same kernel, and `checked_row` holds it against `one_child`.

`spark` lets a cluster's tasks call `batch`, each for a part of the children.
"""
