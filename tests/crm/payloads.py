"""Texts that must never come alive: not as a formula in a spreadsheet, nor as an element, attribute or script of a page.
The kinds are those that OWASP's pages on CSV injection and on cross-site scripting tell of."""

SIGNS = ["=", "+", "-", "@", "\t=", "＝", "＋", "－", "＠", " =", "\u200b=", "\ufeff@", "\u00a0+", "=-", "+=", "@=", "--", "a;=", "a\n="]
BODIES = ["1+1", "cmd|'/C calc'!A0", 'HYPERLINK("http://a.example","x")', "SUM(A1:A9)*2", "IMPORTXML(A1,B1)",
          "DDE(\"cmd\";\"/C calc\";\"x\")", "WEBSERVICE(\"http://a.example\")", "A1", "rundll32|'URL.dll,OpenURL calc'!A",
          "1|!A", "x"]
FORMULAS = [sign + body for sign in SIGNS for body in BODIES]

# What would say that it ran.
CALLS = ["alert(1)", "document.title='ran'", "fetch('//a.example')"]
HTML = [start + call + end for call in CALLS for start, end in [
    ("<script>", "</script>"), ("</script><script>", "</script>"), ("<img src=x onerror=", ">"), ('"><img src=x onerror="', '">'),
    ("'><svg onload='", "'>"), ("<svg/onload=", ">"), ("javascript:", ""), ("<a href=\"javascript:", "\">x</a>"),
    ("</title><script>", "</script>"), ("</style><script>", "</script>"), ("--><script>", "</script><!--"),
    ("<iframe srcdoc=\"<script>", "</script>\"></iframe>"), ("<math><mtext><script>", "</script></mtext></math>"),
    ("<details open ontoggle=", ">"), ("<input autofocus onfocus=", ">"), ("\" onmouseover=\"", "\" x=\""),
    ("' onfocus='", "' autofocus='"), ("${", "}"), ("`+", "+`"), ("\\u003cscript\\u003e", "\\u003c/script\\u003e"),
    ("<form action=javascript:", "><button autofocus>x</button></form>"), ("<object data=\"javascript:", "\"></object>")]]
HTML += ["</td><td>", "</table><h1>x</h1>", "&lt;b&gt;", "&#60;b&#62;", "]]><x/>", "<!--", "<![CDATA[", "{{7*7}}", "_x003D_1+1",
         "<base href=//a.example>", "<meta http-equiv=refresh content=0;url=//a.example>", "<link rel=stylesheet href=//a.example>",
         "<style>*{display:none}</style>", "</script", "<b", "\u2028</script>", "%3Cscript%3E", "<plaintext>", "<textarea>", "<template>"]
PAYLOADS = FORMULAS + HTML
