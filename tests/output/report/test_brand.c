/* test_brand.c: what may stand at the top of a page, and what is no picture. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>
#include <tesela/output.h>

#define PNG "\x89PNG\r\n\x1a\n"
#define SVG(inside) "<?xml version=\"1.0\"?><svg xmlns=\"http://www.w3.org/2000/svg\">" inside "</svg>"

static tsl_status check_logo(const char *bytes, size_t count, tsl_error *err)
{
    return tsl_brand_check(&(tsl_brand){.logo = bytes, .logo_bytes = count}, err);
}

static void pictures_pass(void **state)
{
    (void)state;
    tsl_error err;
    static const char png[] = PNG "IHDR \0 on=\0";
    static const char *const svg[] = {SVG("<rect width='8' fill='url(#a)'/>"), SVG("<text>based on = facts</text>"),
                                      SVG("<use href='#a'/>"), SVG("<text>button=</text>")};
    assert_int_equal(check_logo(png, sizeof png - 1, &err), TSL_OK);
    for (size_t i = 0; i < sizeof svg / sizeof svg[0]; i++) {
        if (check_logo(svg[i], strlen(svg[i]), &err) != TSL_OK) {
            fail_msg("%s: %s", svg[i], err.message);
        }
    }
}

static void what_acts_or_loads_is_refused(void **state)
{
    (void)state;
    static const char *const rows[] = {
        SVG("<script>alert(1)</script>"),
        SVG("<ScRiPt xlink:href='a.js'/>"),
        SVG("<rect onload=\"alert(1)\"/>"),
        SVG("<rect\nONCLICK = 'alert(1)'/>"),
        SVG("<rect width='8'/onmouseover=alert(1)>"),
        SVG("<foreignObject><b/></foreignObject>"),
        SVG("<a href=\"javascript:alert(1)\"/>"),
        SVG("<image href='https://example.com/a.png'/>"),
        SVG("<image xlink:href=\"//example.com/a.png\"/>"),
        SVG("<style>@import 'a.css'</style>"),
        SVG("<rect fill='url(http://example.com/a)'/>"),
        "<!DOCTYPE svg [<!ENTITY a SYSTEM 'file:///etc/passwd'>]>" SVG("&a;"),
        "<?xml-stylesheet href='a.css'?>" SVG(""),
        "GIF89a",
        "",
        "<html></html>",
    };
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        tsl_error err;
        if (check_logo(rows[i], strlen(rows[i]), &err) != TSL_E_INPUT) {
            fail_msg("passed: %s", rows[i]);
        }
        assert_memory_equal(err.message, "logo: ", 6);
    }
}

static void size_has_an_end(void **state)
{
    (void)state;
    tsl_error err;
    char *png = calloc(1, 262145);
    assert_non_null(png);
    memcpy(png, PNG, sizeof PNG - 1);
    assert_int_equal(check_logo(png, 262144, &err), TSL_OK);
    assert_int_equal(check_logo(png, 262145, &err), TSL_E_INPUT);
    assert_string_equal(err.message, "logo: 262145 bytes, expected 262144 at most");
    free(png);
}

static void names_and_colours(void **state)
{
    (void)state;
    tsl_error err;
    static const char *const colours[] = {"1d4e96", "#1d4e9", "#1d4e961", "#1d4e9g", "red", ""};
    char name[4 * 81 + 1] = "";
    assert_int_equal(tsl_brand_check(&(tsl_brand){.name = "Acme", .colour = "#1D4e96"}, &err), TSL_OK);
    for (size_t i = 0; i < sizeof colours / sizeof colours[0]; i++) {
        assert_int_equal(tsl_brand_check(&(tsl_brand){.colour = colours[i]}, &err), TSL_E_OPTION);
    }
    assert_int_equal(tsl_brand_check(&(tsl_brand){.name = ""}, &err), TSL_E_OPTION);
    for (int i = 0; i < 80; i++) {
        strcat(name, "客");
    }
    assert_int_equal(tsl_brand_check(&(tsl_brand){.name = name}, &err), TSL_OK);
    strcat(name, "户");
    assert_int_equal(tsl_brand_check(&(tsl_brand){.name = name}, &err), TSL_E_OPTION);
    assert_string_equal(err.message, "name: 81 characters, expected 1 to 80");
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(pictures_pass), cmocka_unit_test(what_acts_or_loads_is_refused),
                                       cmocka_unit_test(size_has_an_end), cmocka_unit_test(names_and_colours)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
