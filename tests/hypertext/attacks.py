"""Markup that would run, fetch or send something, by kind; after the public lists of cross-site scripting."""

from __future__ import annotations

from itertools import product

PNG = (
    "data:image/png;base64,iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAAAAAA6fptVAAAACklEQVR4nGNgAAAAAgABSK+kcQAAAABJRU5ErkJggg=="
)

EVENTS = (
    "onclick",
    "onload",
    "onerror",
    "ONMOUSEOVER",
    "onfocus",
    "ontoggle",
    "onbegin",
    "onanimationstart",
    "onpointerrawupdate",
)
BEARERS = (
    "<p {}>x</p>", "<td {}>", "<table {}><tr><td>x</table>", f"<img alt=x src='{PNG}' {{}}>",
    f"<img/alt='x'/{{}} src='{PNG}'>",
    "<a href='#x' {}>x</a>", "<details {} open>x</details>", "<svg aria-label=x {}></svg>",
    "<svg aria-label=x><path {}/></svg>",
    "<svg aria-label=x><text {}>x</text></svg>", "<b\n{}>x</b>", "<input type=checkbox {}>", "<label {}>x</label>",
    "<x {}>",
)  # fmt: skip

RUNNING = (
    "javascript:alert(1)", "JaVaScRiPt:alert(1)", " javascript:alert(1)", "java\tscript:alert(1)",
    "java&#10;script:alert(1)",
    "&#106;avascript:alert(1)", "&#x6A&#x61vascript:alert(1)", "javascript&colon;alert(1)", "\x01javascript:alert(1)",
    "java\x00script:alert(1)", "vbscript:msgbox(1)", "data:text/html,<b>x", "data:text/html;base64,PHNjcmlwdD4=",
    "data:image/svg+xml,<svg onload=alert(1)>", "data:application/xhtml+xml,x", "blob:https://x.cn/1",
    "file:///etc/passwd",
    "//x.cn/a", "/\\x.cn/a", "\\\\x.cn\\a", "\t//x.cn", "ftp://x.cn/a", "livescript:x", "feed:javascript:alert(1)",
    "view-source:x",
)  # fmt: skip
FETCHING = ("http://x.cn/a.png", "https://x.cn/a.svg", "//x.cn/a.png", "a.png", "../a.png", "file:///a.png")
FOLLOWED = ("<a href='{}'>x</a>", "<p><A HREF='{}'>x</A></p>")
LOADED = (
    "<img alt=x src='{}'>", f"<img alt=x src='{PNG}' srcset='{{}} 2x'>", "<table background='{}'><tr><td>x</table>",
    "<svg aria-label=x><use href='{}'/></svg>", "<svg aria-label=x><use xlink:href='{}#a'/></svg>",
    "<svg aria-label=x><image href='{}'/></svg>", "<svg aria-label=x><image xlink:href='{}'/></svg>",
    "<svg aria-label=x><rect fill='url({})'/></svg>", "<svg aria-label=x><rect style='fill:url({})'/></svg>",
    "<svg aria-label=x><style>rect{{fill:url({})}}</style><rect/></svg>",
    "<svg aria-label=x><linearGradient href='{}'/></svg>",
    "<p style='background:url({})'>x</p>", '<p style="background:url( &quot;{}&quot; )">x</p>',
    "<p style='background:\\75rl({})'>x</p>",
    "<p style='content:image-set(\"{}\" 1x)'>x</p>", "<style>p{{background:url({})}}</style><p>x",
    "<style>@import '{}';</style><p>x",
    "<style>@\\69mport url({});</style><p>x", "<style>@font-face{{src:url({})}}</style><p>x",
    "<style>@media print{{p{{background:url({})}}}}</style><p>x", "<ul style='list-style-image:url({})'><li>x</ul>",
    "<p style='--a:url({});background:var(--a)'>x</p>", "<a href='#x' ping='{}'>x</a>",
    "<svg aria-label=x><feImage href='{}'/></svg>",
    "<picture><source srcset='{}'></picture>", "<video poster='{}'></video>", "<audio src='{}'></audio>",
    "<embed src='{}'>",
    "<object data='{}'></object>", "<iframe src='{}'></iframe>", "<link rel=stylesheet href='{}'>", "<base href='{}'>",
    "<form action='{}'>x</form>", "<input type=image src='{}'>", "<button formaction='{}'>x</button>",
    "<applet code='{}'></applet>",
    "<frameset><frame src='{}'></frameset>", "<meta http-equiv=refresh content='0;url={}'>",
    "<map><area href='{}'></map>",
)  # fmt: skip
ALONE = (
    "<script>alert(1)</script>", "<SCRIPT>alert(1)</SCRIPT>", "<script/x>alert(1)</script>",
    "<scr<script>ipt>alert(1)</script>",
    "<script src=//x.cn/a.js></script>", "<svg aria-label=x><script>alert(1)</script></svg>",
    "<<script>alert(1)//<</script>",
    "<svg aria-label=x><foreignObject><p>x</p></foreignObject></svg>",
    "<svg aria-label=x><animate attributeName=href to=x /></svg>",
    "<svg aria-label=x><set attributeName=onload to=alert(1) /></svg>",
    "<svg aria-label=x><a><animate attributeName=href /></a></svg>",
    "<svg aria-label=x><animateTransform /></svg>", "<svg aria-label=x><handler>x</handler></svg>",
    "<svg aria-label=x><p>x</p></svg>",
    "<iframe srcdoc='&lt;script&gt;alert(1)&lt;/script&gt;'></iframe>", "<div srcdoc='&lt;script&gt;'>x</div>",
    "<textarea>x</textarea>",
    "<select><option>x</select>", "<dialog open>x</dialog>", "<marquee>x</marquee>", "<canvas></canvas>",
    "<xmp><b>x</xmp>",
    "<plaintext>x", "<isindex prompt=x>", "<keygen>", "<bgsound src=x>", "<layer src=x></layer>",
    "<xml><i></i></xml>", "<x-y>x</x-y>",
    "<p style='width:expression(alert(1))'>x</p>", "<p style='behavior:url(x.htc)'>x</p>",
    "<p style='-moz-binding:url(x#y)'>x</p>",
    "<noembed><img src=x onerror=alert(1)></noembed>", "<slot>x</slot>",
    "<template><script>alert(1)</script></template>",
    "<noscript><img src=x onerror=alert(1)></noscript>", "<img alt=x src=x onerror=alert(1)//",
    "<b onclick=alert(1)//<",
    "<div style=display:none><script>alert(1)</script></div>", "<span hidden onclick=alert(1)>x</span>",
    "<input type=text autofocus onfocus=alert(1)>",
)  # fmt: skip

ACTIVE = [
    *(bearer.format(f"{event}=alert(1)") for bearer, event in product(BEARERS, EVENTS)),
    *(place.format(address) for place, address in product(FOLLOWED, RUNNING)),
    *(place.format(address) for place, address in product(LOADED, FETCHING)),
    *ALONE,
]

HARMLESS = [
    "<body onload=alert(1)>x", "<html onclick=alert(1)><p>x", "<!--<script>alert(1)</script>-->x",
    "<!--[if IE]><script>x</script><![endif]-->x",
    "<?xml-stylesheet href='javascript:alert(1)'?>x", "<!DOCTYPE html><p>x",
    "<![CDATA[<script>alert(1)</script>]]>x", "</script>x",
    '<noscript><p title="</noscript><img src=x onerror=alert(1)>">x</noscript>',
    '<p title="--><img src=x onerror=alert(1)>">x',
    "<svg aria-label=x><title><img src=x onerror=alert(1)></title></svg>",
    '<svg aria-label=x><desc title="<img onerror=x>">x</desc></svg>', "&lt;script&gt;alert(1)&lt;/script&gt;",
    "javascript:alert(1)",
    "<p style='color:red;background-color:javascript'>x", "<p class='x' data-on='alert(1)' id=x>x",
    "<p style='color:re\\d'>x", "<a name=x>x</a>",
    "<title><script>alert(1)</script></title>x", "<style>p{color:red}</style><p>x",
    "<style><!-- </style><img alt=x src='" + PNG + "'>",
    "<table><caption>a<tr><td>b", "<td>x</td>", "<li>x", "</p></div></table>x", "<b><i>x</b></i>",
    "<p><table><tr><td>x</table>", "<a><a>x</a></a>",
]  # fmt: skip
"""What looks like an attack and is text, or is left out whole: it must not be dangerous afterwards."""
