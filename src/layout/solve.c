/* Greedy by priority, then annealing that ejects.
 *
 * A move puts a label at one of its candidates and takes out every label whose box is in the way;
 * those are then placed again at their cheapest free candidate, or stay out. The state is free of
 * overlaps at each step, so only the sum of costs is left to judge: a move that does not pay (by
 * the rule of Metropolis et al. 1953, with a falling temperature) is taken back. Ejection chains
 * for labels: cf. Christensen, Marks, Shieber 1995 (annealing) and Zoraster 1997.
 *
 * The random numbers come from a fixed seed and the number of moves from the number of labels,
 * never from a clock. */
#include "layout/solve.h"

#include <math.h>
#include <stdint.h>
#include <stdlib.h>

#include "base/vec.h"
#include "layout/board.h"
#include "layout/reduce.h"
#include "base/banned.h"

#define NO_CANDIDATE SIZE_MAX
#define NO_LABEL SIZE_MAX
#define LEAST_GAIN 1e-9
#define MOST_ROUNDS 16
#define HOT 16.0 /* temperature to begin with: a good part of what it costs to drop a name */
#define LEAST_SWEEPS 64
#define SWEEPS_OF_EXCESS 64.0 /* for each unit that a label costs, on average, beyond its least */

struct change {
    size_t label, was;
};

/* What was found in the way of a candidate: still is, while that label is where it was. */
struct obstacle {
    size_t label, chosen;
};

struct solver {
    const struct pm_candidate *candidates;
    struct pm_choice *labels; /* own ones: reduced */
    size_t count;
    uint64_t random;
    struct pm_box *extents;     /* by candidate, with its leader */
    struct obstacle *obstacles; /* by candidate */
    struct pm_board board;      /* of those that are placed, by extent */
    PM_VEC(struct change) undo;
    PM_VEC(size_t) ejected;
};

/* xorshift64* (Vigna 2016). */
static uint64_t next_random(struct solver *s)
{
    s->random ^= s->random >> 12;
    s->random ^= s->random << 25;
    s->random ^= s->random >> 27;
    return s->random * 0x2545F4914F6CDD1DULL;
}

static double unit_random(struct solver *s)
{
    return (double)(next_random(s) >> 11) * 0x1p-53;
}

static const struct pm_candidate *chosen(const struct solver *s, size_t label)
{
    size_t i = s->labels[label].chosen;
    return i == NO_CANDIDATE ? NULL : &s->candidates[i];
}

static double cost_of(const struct solver *s, size_t label)
{
    const struct pm_candidate *c = chosen(s, label);
    return c ? c->cost : s->labels[label].drop_cost;
}

/* Is the leader of `a` in the way of `b`? */
static bool leader_meets(const struct pm_leader *leader, const struct pm_footprint *label)
{
    return leader && (pm_footprint_meets_segment(label, leader->from, leader->to) ||
                      pm_footprint_meets_box(label, leader->end));
}

static bool leaders_cross(const struct pm_leader *a, const struct pm_leader *b)
{
    return a && b &&
           (pm_segments_cross(a->from, a->to, b->from, b->to) ||
            pm_segment_meets(a->from, a->to, b->end) || pm_segment_meets(b->from, b->to, a->end));
}

bool pm_candidates_conflict(const struct pm_candidate *a, const struct pm_candidate *b)
{
    return pm_footprints_meet(&a->ground, &b->ground) || leader_meets(a->leader, &b->ground) ||
           leader_meets(b->leader, &a->ground) || leaders_cross(a->leader, b->leader);
}

/* Most pairs are told apart by their extents. */
static bool conflict(const struct solver *s, size_t i, size_t k)
{
    return pm_box_meets(s->extents[i], s->extents[k]) &&
           pm_candidates_conflict(&s->candidates[i], &s->candidates[k]);
}

static struct pm_box extent_of(const struct pm_candidate *c)
{
    struct pm_box box = c->ground.box;
    if (c->leader) {
        pm_box_add(&box, c->leader->from, false);
        pm_box_add(&box, c->leader->to, false);
        box = pm_box_union(box, c->leader->end);
    }
    return box;
}

/* The next label of the walk that is in the candidate's way, or NO_LABEL. */
static size_t next_conflict(const struct solver *s, struct pm_board_walk *walk, size_t label,
                            size_t candidate)
{
    size_t i = pm_board_next(walk);
    while (i != SIZE_MAX && (i == label || !conflict(s, s->labels[i].chosen, candidate)))
        i = pm_board_next(walk);
    return i;
}

/* Candidates are sorted: the first free one is the cheapest. What was in the way of one often still is, and
 * is in the way of the next. */
static size_t cheapest_free(const struct solver *s, size_t label, double limit)
{
    struct pm_range r = s->labels[label].candidates;
    size_t in_way = NO_LABEL;
    for (size_t i = r.first; i < r.first + r.count && s->candidates[i].cost < limit; i++) {
        struct obstacle *known = &s->obstacles[i];
        if (known->label != NO_LABEL && s->labels[known->label].chosen == known->chosen)
            continue;
        if (in_way == NO_LABEL || !conflict(s, s->labels[in_way].chosen, i)) {
            struct pm_board_walk walk = pm_board_walk(&s->board, s->extents[i]);
            in_way = next_conflict(s, &walk, label, i);
        }
        if (in_way == NO_LABEL)
            return i;
        *known = (struct obstacle){in_way, s->labels[in_way].chosen};
    }
    return NO_CANDIDATE;
}

static void place(struct solver *s, size_t label, size_t candidate)
{
    if (s->labels[label].chosen != NO_CANDIDATE)
        pm_board_take(&s->board, label);
    s->labels[label].chosen = candidate;
    if (candidate != NO_CANDIDATE)
        pm_board_put(&s->board, label, s->extents[candidate]);
}

static void set(struct solver *s, size_t label, size_t candidate)
{
    pm_vec_push(&s->undo, (struct change){label, s->labels[label].chosen});
    place(s, label, candidate);
}

static void take_back(struct solver *s)
{
    while (s->undo.n) {
        struct change c = s->undo.v[--s->undo.n];
        place(s, c.label, c.was);
    }
}

/* The least that a label can cost, wherever it lies. */
static double least_cost(const struct solver *s, size_t label)
{
    const struct pm_choice *l = &s->labels[label];
    return l->candidates.count ? fmin(s->candidates[l->candidates.first].cost, l->drop_cost)
                               : l->drop_cost;
}

static int ascending(const void *a, const void *b)
{
    size_t x = *(const size_t *)a, y = *(const size_t *)b;
    return (x > y) - (x < y);
}

/* Lists what is in the way of `label` at `candidate`, the most important first; returns the least that
 * the total cost can change by when they are placed again. */
static double list_ejected(struct solver *s, size_t label, size_t candidate)
{
    double delta = s->candidates[candidate].cost - cost_of(s, label);
    struct pm_board_walk walk = pm_board_walk(&s->board, s->extents[candidate]);
    size_t other;
    s->ejected.n = 0;
    while ((other = next_conflict(s, &walk, label, candidate)) != NO_LABEL)
        pm_vec_push(&s->ejected, other);
    if (s->ejected.n > 1)
        qsort(s->ejected.v, s->ejected.n, sizeof *s->ejected.v, ascending);
    for (size_t i = 0; i < s->ejected.n; i++)
        delta += least_cost(s, s->ejected.v[i]) - cost_of(s, s->ejected.v[i]);
    return delta;
}

/* Places an ejected label again, for less than `limit`. */
static bool replace(struct solver *s, size_t label, double limit)
{
    double drop = s->labels[label].drop_cost;
    size_t candidate = cheapest_free(s, label, fmin(drop, limit));
    if (candidate == NO_CANDIDATE && drop >= limit)
        return false;
    set(s, label, candidate);
    return true;
}

/* Puts `label` at `candidate`, ejecting and re-placing what is in the way, if that changes the total
 * cost by less than `limit`. */
static void try_move(struct solver *s, size_t label, size_t candidate, double limit)
{
    double delta = list_ejected(s, label, candidate);
    if (delta >= limit)
        return;
    s->undo.n = 0;
    for (size_t i = 0; i < s->ejected.n; i++)
        set(s, s->ejected.v[i], NO_CANDIDATE);
    set(s, label, candidate);
    for (size_t i = 0; i < s->ejected.n; i++) {
        size_t other = s->ejected.v[i];
        delta -= least_cost(s, other);
        if (!replace(s, other, limit - delta)) {
            take_back(s);
            return;
        }
        delta += cost_of(s, other);
    }
}

static void greedy(struct solver *s)
{
    for (size_t i = 0; i < s->count; i++)
        s->labels[i].chosen = NO_CANDIDATE;
    for (size_t i = 0; i < s->count; i++)
        place(s, i, cheapest_free(s, i, s->labels[i].drop_cost));
}

static void anneal(struct solver *s, int sweeps)
{
    for (int sweep = 0; sweep < sweeps; sweep++) {
        double temperature = HOT * (sweeps - 1 - sweep) / sweeps;
        for (size_t label = 0; label < s->count; label++) {
            struct pm_range r = s->labels[label].candidates;
            if (r.count == 0)
                continue;
            double u = unit_random(s); /* cheap candidates, which come first, more often */
            size_t candidate = r.first + (size_t)(u * u * u * (double)r.count);
            u = unit_random(s);
            if (candidate != s->labels[label].chosen)
                try_move(s, label, candidate, -temperature * log(1 - u));
        }
    }
}

/* What all labels cost beyond the least that they could. */
static double excess(const struct solver *s)
{
    double sum = 0;
    for (size_t label = 0; label < s->count; label++)
        sum += cost_of(s, label) - least_cost(s, label);
    return sum;
}

/* Tries all moves of a label that may pay: no more than `most` can be gained. */
static bool improve(struct solver *s, size_t label, double most)
{
    struct pm_range r = s->labels[label].candidates;
    size_t was = s->labels[label].chosen;
    for (size_t i = r.first; i < r.first + r.count; i++) {
        if (s->candidates[i].cost - least_cost(s, label) >= most)
            break;
        if (i != s->labels[label].chosen)
            try_move(s, label, i, -LEAST_GAIN);
    }
    return s->labels[label].chosen != was;
}

/* Until no single move pays: the next best solution of a page that differs a little is then mostly this
 * one, and what was dropped has a place if those in the way can go elsewhere. */
static void polish(struct solver *s)
{
    bool moved = true;
    for (int round = 0; moved && round < MOST_ROUNDS; round++) {
        double most = excess(s);
        moved = false;
        for (size_t label = 0; label < s->count; label++)
            moved |= improve(s, label, most);
    }
}

/* By the candidates of all labels, whose number is returned. */
static size_t measure(struct solver *s)
{
    size_t end = 0, total = 0;
    for (size_t i = 0; i < s->count; i++) {
        total += s->labels[i].candidates.count;
        size_t own = s->labels[i].candidates.first + s->labels[i].candidates.count;
        end = own > end ? own : end;
    }
    s->extents = pm_xrealloc(NULL, end + 1, sizeof *s->extents);
    s->obstacles = pm_xrealloc(NULL, end + 1, sizeof *s->obstacles);
    for (size_t i = 0; i < s->count; i++) {
        struct pm_range r = s->labels[i].candidates;
        for (size_t k = r.first; k < r.first + r.count; k++)
            s->extents[k] = extent_of(&s->candidates[k]);
    }
    for (size_t i = 0; i < end; i++)
        s->obstacles[i].label = NO_LABEL;
    return total;
}

static struct pm_box extent_of_all(const struct solver *s)
{
    struct pm_box frame = {0};
    for (size_t i = 0; i < s->count; i++) {
        struct pm_range r = s->labels[i].candidates;
        for (size_t k = r.first; k < r.first + r.count; k++)
            frame = pm_box_union(frame, s->extents[k]);
    }
    return frame;
}

/* Anneals, and keeps what comes of it if that is better. */
static void search(struct solver *s, int sweeps)
{
    size_t *before = pm_xrealloc(NULL, s->count + 1, sizeof *before);
    double least = excess(s);
    for (size_t i = 0; i < s->count; i++)
        before[i] = s->labels[i].chosen;
    anneal(s, sweeps);
    polish(s);
    bool worse = excess(s) > least;
    for (size_t i = 0; worse && i < s->count; i++)
        place(s, i, before[i]);
    free(before);
}

/* No longer than it takes: not at all if each label has its best place, and long where they are far from it. */
static void search_all(struct solver *s, int most)
{
    int sweeps = most < LEAST_SWEEPS ? most : LEAST_SWEEPS;
    if (excess(s) < LEAST_GAIN)
        return;
    search(s, sweeps);
    double wanted = SWEEPS_OF_EXCESS * excess(s) / (double)s->count;
    if (wanted > sweeps && most > sweeps)
        search(s, wanted < most ? (int)wanted : most);
}

void pm_solve_labels(const struct pm_candidate *candidates, struct pm_choice *labels, size_t count,
                     int sweeps)
{
    struct solver s = {.candidates = candidates,
                       .labels = pm_xrealloc(NULL, count + 1, sizeof *labels),
                       .count = count,
                       .random = 0x9E3779B97F4A7C15ULL};
    for (size_t i = 0; i < count; i++)
        s.labels[i] = labels[i];
    if (measure(&s) < (size_t)sweeps * count) /* else it costs more than it saves */
        pm_reduce_labels(candidates, s.extents, s.labels, count);
    pm_board_make(&s.board, extent_of_all(&s), count);
    greedy(&s);
    search_all(&s, sweeps);
    for (size_t i = 0; i < count; i++)
        labels[i].chosen = s.labels[i].chosen;
    free(s.labels);
    pm_vec_finish(&s.undo);
    pm_vec_finish(&s.ejected);
    pm_board_finish(&s.board);
    free(s.extents);
    free(s.obstacles);
}
