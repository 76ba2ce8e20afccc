namespace FastEnrich.Plugins.Values;

/// <summary>ISO 3166 alpha-2 codes, each with its alpha-3 code and the names people write, one country a line.</summary>
internal static class CountryNames
{
    public const string Table = """
        AD|AND|Andorra
        AE|ARE|United Arab Emirates|UAE
        AF|AFG|Afghanistan
        AG|ATG|Antigua and Barbuda|Antigua & Barbuda
        AI|AIA|Anguilla
        AL|ALB|Albania
        AM|ARM|Armenia
        AO|AGO|Angola
        AQ|ATA|Antarctica
        AR|ARG|Argentina
        AS|ASM|American Samoa
        AT|AUT|Austria|Österreich|Oesterreich
        AU|AUS|Australia
        AW|ABW|Aruba
        AX|ALA|Åland Islands
        AZ|AZE|Azerbaijan
        BA|BIH|Bosnia and Herzegovina|Bosnia & Herzegovina|Bosnia
        BB|BRB|Barbados
        BD|BGD|Bangladesh
        BE|BEL|Belgium|België|Belgique
        BF|BFA|Burkina Faso
        BG|BGR|Bulgaria
        BH|BHR|Bahrain
        BI|BDI|Burundi
        BJ|BEN|Benin
        BL|BLM|Saint Barthelemy|St Barthelemy
        BM|BMU|Bermuda
        BN|BRN|Brunei|Brunei Darussalam
        BO|BOL|Bolivia|Bolivia, Plurinational State of
        BQ|BES|Caribbean NL
        BR|BRA|Brazil|Brasil
        BS|BHS|Bahamas
        BT|BTN|Bhutan
        BV|BVT|Bouvet Island
        BW|BWA|Botswana
        BY|BLR|Belarus
        BZ|BLZ|Belize
        CA|CAN|Canada
        CC|CCK|Cocos Islands
        CD|COD|Democratic Republic of the Congo|DR Congo|DRC
        CF|CAF|Central African Rep.
        CG|COG|Congo|Republic of the Congo
        CH|CHE|Switzerland|Schweiz|Suisse|Svizzera
        CI|CIV|Côte d'Ivoire|Cote d'Ivoire|Ivory Coast
        CK|COK|Cook Islands
        CL|CHL|Chile
        CM|CMR|Cameroon
        CN|CHN|China|People's Republic of China
        CO|COL|Colombia
        CR|CRI|Costa Rica
        CU|CUB|Cuba
        CV|CPV|Cape Verde|Cabo Verde
        CW|CUW|Curaçao
        CX|CXR|Christmas Island
        CY|CYP|Cyprus
        CZ|CZE|Czech Republic|Czechia
        DE|DEU|Germany|Deutschland|Allemagne
        DJ|DJI|Djibouti
        DK|DNK|Denmark|Danmark
        DM|DMA|Dominica
        DO|DOM|Dominican Republic
        DZ|DZA|Algeria
        EC|ECU|Ecuador
        EE|EST|Estonia
        EG|EGY|Egypt
        EH|ESH|Western Sahara
        ER|ERI|Eritrea
        ES|ESP|Spain|España|Espana
        ET|ETH|Ethiopia
        FI|FIN|Finland|Suomi
        FJ|FJI|Fiji
        FK|FLK|Falkland Islands
        FM|FSM|Micronesia|Federated States of Micronesia
        FO|FRO|Faroe Islands
        FR|FRA|France|République française
        GA|GAB|Gabon
        GB|GBR|Britain|United Kingdom|Great Britain|England|Scotland|Wales|Northern Ireland|UK|United Kingdom of Great Britain and Northern Ireland
        GD|GRD|Grenada
        GE|GEO|Georgia
        GF|GUF|French Guiana
        GG|GGY|Guernsey
        GH|GHA|Ghana
        GI|GIB|Gibraltar
        GL|GRL|Greenland
        GM|GMB|Gambia
        GN|GIN|Guinea
        GP|GLP|Guadeloupe
        GQ|GNQ|Equatorial Guinea
        GR|GRC|Greece
        GS|SGS|South Georgia and the South Sandwich Islands|South Georgia & the South Sandwich Islands
        GT|GTM|Guatemala
        GU|GUM|Guam
        GW|GNB|Guinea-Bissau
        GY|GUY|Guyana
        HK|HKG|Hong Kong|Hong Kong SAR
        HM|HMD|Heard Island and McDonald Islands|Heard Island & McDonald Islands
        HN|HND|Honduras
        HR|HRV|Croatia
        HT|HTI|Haiti
        HU|HUN|Hungary
        ID|IDN|Indonesia
        IE|IRL|Ireland
        IL|ISR|Israel
        IM|IMN|Isle of Man
        IN|IND|India
        IO|IOT|British Indian Ocean Territory
        IQ|IRQ|Iraq
        IR|IRN|Iran|Iran, Islamic Republic of|Islamic Republic of Iran
        IS|ISL|Iceland
        IT|ITA|Italy|Italia
        JE|JEY|Jersey
        JM|JAM|Jamaica
        JO|JOR|Jordan
        JP|JPN|Japan|Nippon
        KE|KEN|Kenya
        KG|KGZ|Kyrgyzstan
        KH|KHM|Cambodia
        KI|KIR|Kiribati
        KM|COM|Comoros
        KN|KNA|Saint Kitts and Nevis|St Kitts & Nevis|St Kitts and Nevis
        KP|PRK|North Korea|Democratic People's Republic of Korea
        KR|KOR|South Korea|Korea, Republic of|Republic of Korea|Korea
        KW|KWT|Kuwait
        KY|CYM|Cayman Islands
        KZ|KAZ|Kazakhstan
        LA|LAO|Laos|Lao People's Democratic Republic|Lao PDR
        LB|LBN|Lebanon
        LC|LCA|Saint Lucia|St Lucia
        LI|LIE|Liechtenstein
        LK|LKA|Sri Lanka
        LR|LBR|Liberia
        LS|LSO|Lesotho
        LT|LTU|Lithuania
        LU|LUX|Luxembourg
        LV|LVA|Latvia
        LY|LBY|Libya
        MA|MAR|Morocco
        MC|MCO|Monaco
        MD|MDA|Moldova|Moldova, Republic of|Republic of Moldova
        ME|MNE|Montenegro
        MF|MAF|Saint Martin
        MG|MDG|Madagascar
        MH|MHL|Marshall Islands
        MK|MKD|North Macedonia|Macedonia|FYROM
        ML|MLI|Mali
        MM|MMR|Myanmar|Burma
        MN|MNG|Mongolia
        MO|MAC|Macau|Macao|Macau SAR
        MP|MNP|Northern Mariana Islands
        MQ|MTQ|Martinique
        MR|MRT|Mauritania
        MS|MSR|Montserrat
        MT|MLT|Malta
        MU|MUS|Mauritius
        MV|MDV|Maldives
        MW|MWI|Malawi
        MX|MEX|Mexico|México
        MY|MYS|Malaysia
        MZ|MOZ|Mozambique
        NA|NAM|Namibia
        NC|NCL|New Caledonia
        NE|NER|Niger
        NF|NFK|Norfolk Island
        NG|NGA|Nigeria
        NI|NIC|Nicaragua
        NL|NLD|Netherlands|The Netherlands|Holland|Nederland
        NO|NOR|Norway|Norge
        NP|NPL|Nepal
        NR|NRU|Nauru
        NU|NIU|Niue
        NZ|NZL|New Zealand
        OM|OMN|Oman
        PA|PAN|Panama
        PE|PER|Peru
        PF|PYF|French Polynesia
        PG|PNG|Papua New Guinea
        PH|PHL|Philippines
        PK|PAK|Pakistan
        PL|POL|Poland|Polska
        PM|SPM|Saint Pierre and Miquelon|St Pierre & Miquelon|St Pierre and Miquelon
        PN|PCN|Pitcairn
        PR|PRI|Puerto Rico
        PS|PSE|Palestine|Palestine, State of|Palestinian Territories|State of Palestine
        PT|PRT|Portugal
        PW|PLW|Palau
        PY|PRY|Paraguay
        QA|QAT|Qatar
        RE|REU|Réunion
        RO|ROU|Romania
        RS|SRB|Serbia
        RU|RUS|Russia|Russian Federation
        RW|RWA|Rwanda
        SA|SAU|Saudi Arabia
        SB|SLB|Solomon Islands
        SC|SYC|Seychelles
        SD|SDN|Sudan
        SE|SWE|Sweden|Sverige
        SG|SGP|Singapore
        SH|SHN|Saint Helena|St Helena
        SI|SVN|Slovenia
        SJ|SJM|Svalbard and Jan Mayen|Svalbard & Jan Mayen
        SK|SVK|Slovakia
        SL|SLE|Sierra Leone
        SM|SMR|San Marino
        SN|SEN|Senegal
        SO|SOM|Somalia
        SR|SUR|Suriname
        SS|SSD|South Sudan
        ST|STP|Sao Tome and Principe|Sao Tome & Principe
        SV|SLV|El Salvador
        SX|SXM|Sint Maarten
        SY|SYR|Syria|Syrian Arab Republic
        SZ|SWZ|Eswatini|Swaziland
        TC|TCA|Turks and Caicos Is|Turks & Caicos Is
        TD|TCD|Chad
        TF|ATF|French S. Terr.
        TG|TGO|Togo
        TH|THA|Thailand
        TJ|TJK|Tajikistan
        TK|TKL|Tokelau
        TL|TLS|East Timor|Timor-Leste
        TM|TKM|Turkmenistan
        TN|TUN|Tunisia
        TO|TON|Tonga
        TR|TUR|Turkey|Türkiye|Turkiye
        TT|TTO|Trinidad and Tobago|Trinidad & Tobago
        TV|TUV|Tuvalu
        TW|TWN|Taiwan|Taiwan, Province of China
        TZ|TZA|Tanzania|Tanzania, United Republic of|United Republic of Tanzania
        UA|UKR|Ukraine
        UG|UGA|Uganda
        UM|UMI|US minor outlying islands
        US|USA|United States|United States of America|USA|U.S.|U.S.A.|America
        UY|URY|Uruguay
        UZ|UZB|Uzbekistan
        VA|VAT|Vatican City|Holy See|Vatican
        VC|VCT|Saint Vincent|St Vincent
        VE|VEN|Venezuela|Venezuela, Bolivarian Republic of
        VG|VGB|British Virgin Islands
        VI|VIR|U.S. Virgin Islands
        VN|VNM|Vietnam|Viet Nam
        VU|VUT|Vanuatu
        WF|WLF|Wallis and Futuna|Wallis & Futuna
        WS|WSM|Samoa
        YE|YEM|Yemen
        YT|MYT|Mayotte
        ZA|ZAF|South Africa
        ZM|ZMB|Zambia
        ZW|ZWE|Zimbabwe
        """;
}
