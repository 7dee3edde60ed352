#include "input/similar.h"

#include "base/str.h"
#include "base/vec.h"
#include "base/banned.h"

enum { LONGEST = 128 }; /* code points that are compared */

static int decode(const char *s, uint32_t out[LONGEST])
{
    int n = 0;
    while (*s && n < LONGEST)
        out[n++] = pm_utf8_next(&s);
    return n;
}

static int least(int a, int b)
{
    return a < b ? a : b;
}

/* F. Damerau 1964, V. Levenshtein 1966; rows of the usual table, of which three are needed. */
int pm_edit_distance(const char *a, const char *b)
{
    uint32_t x[LONGEST], y[LONGEST];
    int rows[3][LONGEST + 1], n = decode(a, x), m = decode(b, y);
    for (int j = 0; j <= m; j++)
        rows[0][j] = j;
    for (int i = 1; i <= n; i++) {
        int *row = rows[i % 3], *up = rows[(i + 2) % 3], *upper = rows[(i + 1) % 3];
        row[0] = i;
        for (int j = 1; j <= m; j++) {
            int change = up[j - 1] + (x[i - 1] != y[j - 1]);
            row[j] = least(least(up[j] + 1, row[j - 1] + 1), change);
            if (i > 1 && j > 1 && x[i - 1] == y[j - 2] && x[i - 2] == y[j - 1])
                row[j] = least(row[j], upper[j - 2] + 1);
        }
    }
    return rows[n % 3][m];
}

int pm_nearest(const char *name, const char *const *names, size_t count)
{
    struct pm_str wanted = {0};
    pm_fold(name, &wanted);
    int length = (int)pm_utf8_length(pm_str_get(&wanted), wanted.n);
    int limit = length / 3 > 1 ? length / 3 : 1, best = -1, best_distance = limit + 1;
    for (size_t i = 0; i < count; i++) {
        struct pm_str folded = {0};
        pm_fold(names[i], &folded);
        int distance = pm_edit_distance(pm_str_get(&wanted), pm_str_get(&folded));
        if (distance < best_distance) {
            best_distance = distance;
            best = (int)i;
        }
        pm_str_finish(&folded);
    }
    pm_str_finish(&wanted);
    return best;
}
