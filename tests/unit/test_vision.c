#include "check.h"

#include "model/vision.h"

/* The pairs that Sharma, Wu and Dalal publish (table 1), with four decimals. They are chosen to catch
 * what implementations get wrong: hues across 0 degrees, means of opposite hues, grey. */
static const struct {
    struct pm_lab x, y;
    double difference;
} published[] = {
    {{50.0000, 2.6772, -79.7751}, {50.0000, 0.0000, -82.7485}, 2.0425},
    {{50.0000, 3.1571, -77.2803}, {50.0000, 0.0000, -82.7485}, 2.8615},
    {{50.0000, 2.8361, -74.0200}, {50.0000, 0.0000, -82.7485}, 3.4412},
    {{50.0000, -1.3802, -84.2814}, {50.0000, 0.0000, -82.7485}, 1.0000},
    {{50.0000, -1.1848, -84.8006}, {50.0000, 0.0000, -82.7485}, 1.0000},
    {{50.0000, -0.9009, -85.5211}, {50.0000, 0.0000, -82.7485}, 1.0000},
    {{50.0000, 0.0000, 0.0000}, {50.0000, -1.0000, 2.0000}, 2.3669},
    {{50.0000, -1.0000, 2.0000}, {50.0000, 0.0000, 0.0000}, 2.3669},
    {{50.0000, 2.4900, -0.0010}, {50.0000, -2.4900, 0.0009}, 7.1792},
    {{50.0000, 2.4900, -0.0010}, {50.0000, -2.4900, 0.0010}, 7.1792},
    {{50.0000, 2.4900, -0.0010}, {50.0000, -2.4900, 0.0011}, 7.2195},
    {{50.0000, 2.4900, -0.0010}, {50.0000, -2.4900, 0.0012}, 7.2195},
    {{50.0000, -0.0010, 2.4900}, {50.0000, 0.0009, -2.4900}, 4.8045},
    {{50.0000, -0.0010, 2.4900}, {50.0000, 0.0010, -2.4900}, 4.8045},
    {{50.0000, -0.0010, 2.4900}, {50.0000, 0.0011, -2.4900}, 4.7461},
    {{50.0000, 2.5000, 0.0000}, {50.0000, 0.0000, -2.5000}, 4.3065},
    {{50.0000, 2.5000, 0.0000}, {73.0000, 25.0000, -18.0000}, 27.1492},
    {{50.0000, 2.5000, 0.0000}, {61.0000, -5.0000, 29.0000}, 22.8977},
    {{50.0000, 2.5000, 0.0000}, {56.0000, -27.0000, -3.0000}, 31.9030},
    {{50.0000, 2.5000, 0.0000}, {58.0000, 24.0000, 15.0000}, 19.4535},
    {{50.0000, 2.5000, 0.0000}, {50.0000, 3.1736, 0.5854}, 1.0000},
    {{50.0000, 2.5000, 0.0000}, {50.0000, 3.2972, 0.0000}, 1.0000},
    {{50.0000, 2.5000, 0.0000}, {50.0000, 1.8634, 0.5757}, 1.0000},
    {{50.0000, 2.5000, 0.0000}, {50.0000, 3.2592, 0.3350}, 1.0000},
    {{60.2574, -34.0099, 36.2677}, {60.4626, -34.1751, 39.4387}, 1.2644},
    {{63.0109, -31.0961, -5.8663}, {62.8187, -29.7946, -4.0864}, 1.2630},
    {{61.2901, 3.7196, -5.3901}, {61.4292, 2.2480, -4.9620}, 1.8731},
    {{35.0831, -44.1164, 3.7933}, {35.0232, -40.0716, 1.5901}, 1.8645},
    {{22.7233, 20.0904, -46.6940}, {23.0331, 14.9730, -42.5619}, 2.0373},
    {{36.4612, 47.8580, 18.3852}, {36.2715, 50.5065, 21.2231}, 1.4146},
    {{90.8027, -2.0831, 1.4410}, {91.1528, -1.6435, 0.0447}, 1.4441},
    {{90.9257, -0.5406, -0.9208}, {88.6381, -0.8985, -0.7239}, 1.5381},
    {{6.7747, -0.2908, -2.4247}, {5.8714, -0.0985, -2.2286}, 0.6377},
    {{2.0776, 0.0795, -1.1350}, {0.9033, -0.0636, -0.5514}, 0.9082},
};

static void differences_are_those_published(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof published / sizeof *published; i++) {
        assert_near(pm_lab_difference(published[i].x, published[i].y), published[i].difference,
                    5e-5);
        assert_near(pm_lab_difference(published[i].y, published[i].x), published[i].difference,
                    5e-5);
    }
}

/* Corners of sRGB in CIELAB under D65, as computed from the standard's matrix. */
static void corners_of_srgb_lie_where_they_do(void **state)
{
    (void)state;
    static const struct {
        pm_color c;
        struct pm_lab lab;
    } corners[] = {
        {0x000000FF, {0, 0, 0}},
        {0xFFFFFFFF, {100, 0, 0}},
        {0xFF0000FF, {53.24, 80.09, 67.20}},
        {0x00FF00FF, {87.74, -86.18, 83.18}},
        {0x0000FFFF, {32.30, 79.19, -107.86}},
        {0x777777FF, {50.03, 0, 0}},
    };
    for (size_t i = 0; i < sizeof corners / sizeof *corners; i++) {
        struct pm_lab lab = pm_lab_of(corners[i].c, PM_VISION_FULL);
        assert_near(lab.l, corners[i].lab.l, 0.02);
        assert_near(lab.a, corners[i].lab.a, 0.03);
        assert_near(lab.b, corners[i].lab.b, 0.03);
    }
}

/* Grey is grey to every eye, and keeps its lightness: rows of the matrices sum to one. */
static void grey_looks_the_same_to_all(void **state)
{
    (void)state;
    for (unsigned v = 0; v < 256; v += 15)
        for (int eye = 0; eye < PM_VISIONS; eye++) {
            pm_color grey = v << 24 | v << 16 | v << 8 | 0xFF;
            struct pm_lab full = pm_lab_of(grey, PM_VISION_FULL);
            struct pm_lab seen = pm_lab_of(grey, (enum pm_vision)eye);
            assert_near(seen.l, full.l, 0.01);
            assert_near(seen.a, 0, 0.01);
            assert_near(seen.b, 0, 0.01);
        }
}

/* Each eye loses the pairs that its name says, and those alone. */
static void each_eye_confuses_its_own_colours(void **state)
{
    (void)state;
    static const struct {
        pm_color x, y;
        enum pm_vision lost_on, kept_by;
    } pairs[] = {
        {0xB85A50FF, 0x7A7A3CFF, PM_VISION_PROTAN, PM_VISION_TRITAN},
        {0xC86464FF, 0x8C8C50FF, PM_VISION_DEUTAN, PM_VISION_TRITAN},
        {0x6A9CC8FF, 0x5CA59CFF, PM_VISION_TRITAN, PM_VISION_FULL},
    };
    for (size_t i = 0; i < sizeof pairs / sizeof *pairs; i++) {
        double lost = pm_lab_difference(pm_lab_of(pairs[i].x, pairs[i].lost_on),
                                        pm_lab_of(pairs[i].y, pairs[i].lost_on));
        double kept = pm_lab_difference(pm_lab_of(pairs[i].x, pairs[i].kept_by),
                                        pm_lab_of(pairs[i].y, pairs[i].kept_by));
        if (lost * 2 > kept)
            fail_msg("pair %zu: %f %s, %f %s", i, lost, pm_vision_phrase(pairs[i].lost_on), kept,
                     pm_vision_phrase(pairs[i].kept_by));
    }
}

/* In grey only luminance counts: that of WCAG. */
static void grey_is_luminance(void **state)
{
    (void)state;
    struct pm_lab red = pm_lab_of(0xFF0000FF, PM_VISION_GREY);
    assert_near(red.a, 0, 1e-9);
    assert_near(red.b, 0, 1e-9);
    double root = (red.l + 16) / 116;
    assert_near(root * root * root, pm_color_luminance(0xFF0000FF), 1e-6);
}

/* Ratios that WCAG's own documents give: black on white, and greys on the edge of 4.5 and 3. */
static void contrast_is_that_of_wcag(void **state)
{
    (void)state;
    assert_near(pm_color_contrast(0x000000FF, 0xFFFFFFFF), 21, 1e-9);
    assert_near(pm_color_contrast(0xFFFFFFFF, 0xFFFFFFFF), 1, 1e-9);
    assert_true(pm_color_contrast(0x767676FF, 0xFFFFFFFF) >= 4.5);
    assert_true(pm_color_contrast(0x777777FF, 0xFFFFFFFF) < 4.5);
    assert_true(pm_color_contrast(0x949494FF, 0xFFFFFFFF) >= 3);
    assert_true(pm_color_contrast(0x959595FF, 0xFFFFFFFF) < 3);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(differences_are_those_published),
        cmocka_unit_test(corners_of_srgb_lie_where_they_do),
        cmocka_unit_test(grey_looks_the_same_to_all),
        cmocka_unit_test(each_eye_confuses_its_own_colours),
        cmocka_unit_test(grey_is_luminance),
        cmocka_unit_test(contrast_is_that_of_wcag),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
