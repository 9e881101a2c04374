package io.distributary.filter;

import java.util.Arrays;

/**
 * Which element of which array a match has been in so far. One match takes one element of an array: of a list of items, a
 * sku and a price of the same one. event-ruler's rule of array consistency.
 *
 * @param chosen of each array its number and the element's index
 */
record ArrayElements(int[] chosen) {
    static final ArrayElements NONE = new ArrayElements(new int[0]);

    /** With these too; null where they are other elements of the same array. */
    ArrayElements and(int[] arrays) {
        if (arrays.length == 0) {
            return this;
        }
        int[] all = Arrays.copyOf(chosen, chosen.length + arrays.length);
        int length = chosen.length;
        for (int i = 0; i < arrays.length; i += 2) {
            int known = place(arrays[i]);
            if (known < 0) {
                all[length++] = arrays[i];
                all[length++] = arrays[i + 1];
            } else if (chosen[known + 1] != arrays[i + 1]) {
                return null;
            }
        }
        return length == chosen.length ? this : new ArrayElements(Arrays.copyOf(all, length));
    }

    private int place(int array) {
        for (int i = 0; i < chosen.length; i += 2) {
            if (chosen[i] == array) {
                return i;
            }
        }
        return -1;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof ArrayElements elements && Arrays.equals(chosen, elements.chosen);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(chosen);
    }
}
