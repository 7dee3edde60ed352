/* Growing array on the heap: `PM_VEC(struct pm_pt) points = {0};`. Zeroed is empty and valid.
 * Items move when it grows: keep indices, not pointers; and what is pushed must not itself push to
 * the same vec. */
#ifndef PM_BASE_VEC_H
#define PM_BASE_VEC_H

#include <stdlib.h>
#include <string.h>

#include "base/arena.h"

#define PM_VEC(type)                                                                               \
    struct {                                                                                       \
        type *v;                                                                                   \
        size_t n, cap;                                                                             \
    }

#define pm_vec_reserve(vec, wanted)                                                                \
    do {                                                                                           \
        if ((wanted) > (vec)->cap) {                                                               \
            size_t cap_ = (vec)->cap ? (vec)->cap * 2 : 16;                                        \
            if (cap_ < (wanted))                                                                   \
                cap_ = (wanted);                                                                   \
            (vec)->v = pm_xrealloc((vec)->v, cap_, sizeof *(vec)->v);                              \
            (vec)->cap = cap_;                                                                     \
        }                                                                                          \
    } while (0)

#define pm_vec_push(vec, ...)                                                                      \
    do {                                                                                           \
        pm_vec_reserve((vec), (vec)->n + 1);                                                       \
        (vec)->v[(vec)->n++] = (__VA_ARGS__);                                                      \
    } while (0)

/* Appends `count` items of an array. */
#define pm_vec_add(vec, items, count)                                                              \
    do {                                                                                           \
        if (count) {                                                                               \
            pm_vec_reserve((vec), (vec)->n + (count));                                             \
            memcpy((vec)->v + (vec)->n, (items), (count) * sizeof *(vec)->v);                      \
            (vec)->n += (count);                                                                   \
        }                                                                                          \
    } while (0)

#define pm_vec_finish(vec)                                                                         \
    do {                                                                                           \
        free((vec)->v);                                                                            \
        (vec)->v = NULL;                                                                           \
        (vec)->n = (vec)->cap = 0;                                                                 \
    } while (0)

/* The items, moved into an arena as an exact array; the vec is empty afterwards. */
#define pm_vec_into(vec, arena, out)                                                               \
    do {                                                                                           \
        *(out) = pm_memdup((arena), (vec)->v, (vec)->n * sizeof *(vec)->v);                        \
        pm_vec_finish(vec);                                                                        \
    } while (0)

#endif
