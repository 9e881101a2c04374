package io.distributary.values;

/** What is to become of a value, between the item before a change and after it. */
public enum Condition {
    /** It is another one than before; also where it came or went. */
    CHANGED,
    /** There was none before, and there is one now. */
    APPEARED,
    /** There was one before, and there is none now. */
    DISAPPEARED,
    /** It is another one than before, and a number above the operand. */
    ABOVE,
    /** It is another one than before, and a number below the operand. */
    BELOW,
    /** It is a number above the operand, and was none before. */
    ROSE_ABOVE,
    /** It is a number below the operand, and was none before. */
    FELL_BELOW,
    /** It is the operand: a text, number or boolean, and was not before. */
    BECAME,
    /** It is a number, and was one that is the operand or more away from it. */
    CHANGED_BY;

    boolean hasOperand() {
        return !(this == CHANGED || this == APPEARED || this == DISAPPEARED);
    }

    boolean hasNumber() {
        return hasOperand() && this != BECAME;
    }
}
