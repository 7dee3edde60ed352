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

#include "base/arena.h"
#include "base/vec.h"
#include "geo/shape.h"
#include "base/banned.h"

#define NO_CANDIDATE SIZE_MAX

struct change {
    size_t label, was;
};

struct solver {
    const struct pm_candidate *candidates;
    struct pm_choice *labels;
    size_t count;
    uint64_t random;
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

bool pm_segment_meets(struct pm_pt a, struct pm_pt b, struct pm_box box)
{
    double t0 = 0, t1 = 0;
    if ((a.x < box.x0 && b.x < box.x0) || (a.x > box.x1 && b.x > box.x1) ||
        (a.y < box.y0 && b.y < box.y0) || (a.y > box.y1 && b.y > box.y1))
        return false; /* most of them */
    return pm_clip_segment(a, b, box, &t0, &t1) && t0 < t1;
}

static double turn(struct pm_pt a, struct pm_pt b, struct pm_pt c)
{
    return (b.x - a.x) * (c.y - a.y) - (b.y - a.y) * (c.x - a.x);
}

bool pm_segments_cross(struct pm_pt a, struct pm_pt b, struct pm_pt c, struct pm_pt d)
{
    return turn(a, b, c) * turn(a, b, d) < 0 && turn(c, d, a) * turn(c, d, b) < 0;
}

static bool leaders_cross(const struct pm_candidate *a, const struct pm_candidate *b)
{
    return a->has_leader && b->has_leader && pm_segments_cross(a->from, a->to, b->from, b->to);
}

static bool conflict(const struct pm_candidate *a, const struct pm_candidate *b)
{
    return pm_box_meets(a->box, b->box) ||
           (a->has_leader && pm_segment_meets(a->from, a->to, b->box)) ||
           (b->has_leader && pm_segment_meets(b->from, b->to, a->box)) || leaders_cross(a, b);
}

static bool is_free(const struct solver *s, size_t label, const struct pm_candidate *candidate)
{
    for (size_t i = 0; i < s->count; i++) {
        const struct pm_candidate *c = i == label ? NULL : chosen(s, i);
        if (c && conflict(c, candidate))
            return false;
    }
    return true;
}

/* Candidates are sorted: the first free one is the cheapest. */
static size_t cheapest_free(const struct solver *s, size_t label)
{
    struct pm_range r = s->labels[label].candidates;
    for (size_t i = r.first; i < r.first + r.count; i++) {
        if (s->candidates[i].cost >= s->labels[label].drop_cost)
            break;
        if (is_free(s, label, &s->candidates[i]))
            return i;
    }
    return NO_CANDIDATE;
}

static void set(struct solver *s, size_t label, size_t candidate)
{
    pm_vec_push(&s->undo, (struct change){label, s->labels[label].chosen});
    s->labels[label].chosen = candidate;
}

static void take_back(struct solver *s)
{
    while (s->undo.n) {
        struct change c = s->undo.v[--s->undo.n];
        s->labels[c.label].chosen = c.was;
    }
}

/* Puts `label` at `candidate`, ejecting and re-placing what is in the way; returns the change of
 * the total cost. */
static double try_move(struct solver *s, size_t label, size_t candidate)
{
    s->undo.n = s->ejected.n = 0;
    double delta = s->candidates[candidate].cost - cost_of(s, label);
    for (size_t i = 0; i < s->count; i++) {
        const struct pm_candidate *c = i == label ? NULL : chosen(s, i);
        if (c && conflict(c, &s->candidates[candidate])) {
            delta -= c->cost;
            pm_vec_push(&s->ejected, i);
        }
    }
    for (size_t i = 0; i < s->ejected.n; i++)
        set(s, s->ejected.v[i], NO_CANDIDATE);
    set(s, label, candidate);
    for (size_t i = 0; i < s->ejected.n; i++) {
        size_t other = s->ejected.v[i];
        set(s, other, cheapest_free(s, other));
        delta += cost_of(s, other);
    }
    return delta;
}

static void greedy(struct solver *s)
{
    for (size_t i = 0; i < s->count; i++)
        s->labels[i].chosen = NO_CANDIDATE;
    for (size_t i = 0; i < s->count; i++)
        s->labels[i].chosen = cheapest_free(s, i);
}

static void anneal(struct solver *s, int sweeps)
{
    for (int sweep = 0; sweep < sweeps; sweep++) {
        double temperature = 2.0 * (sweeps - 1 - sweep) / sweeps;
        for (size_t label = 0; label < s->count; label++) {
            struct pm_range r = s->labels[label].candidates;
            if (r.count == 0)
                continue;
            size_t candidate = r.first + next_random(s) % r.count;
            if (candidate == s->labels[label].chosen)
                continue;
            double delta = try_move(s, label, candidate);
            bool keep =
                delta < 0 || (temperature > 0 && unit_random(s) < exp(-delta / temperature));
            if (!keep)
                take_back(s);
        }
    }
}

/* Each label to its cheapest free candidate, until nothing moves. */
static void settle(struct solver *s)
{
    bool moved = true;
    for (int round = 0; moved && round < 16; round++) {
        moved = false;
        for (size_t label = 0; label < s->count; label++) {
            size_t best = cheapest_free(s, label);
            double cost =
                best == NO_CANDIDATE ? s->labels[label].drop_cost : s->candidates[best].cost;
            if (best != s->labels[label].chosen && cost < cost_of(s, label)) {
                s->labels[label].chosen = best;
                moved = true;
            }
        }
    }
}

void pm_solve_labels(const struct pm_candidate *candidates, struct pm_choice *labels, size_t count,
                     int sweeps)
{
    struct solver s = {candidates, labels, count, 0x9E3779B97F4A7C15ULL, {0}, {0}};
    greedy(&s);
    anneal(&s, sweeps);
    settle(&s);
    pm_vec_finish(&s.undo);
    pm_vec_finish(&s.ejected);
}
